/* Keys in the form of a clause are offered with their words and said in words below the field: of questions and the
   values of their answers in conditions, of clauses that are required, of groups of alternatives, of grammatical forms.
   Enhancement only: keys can be typed without this file. */
(() => {
  const NAME = /^(.*condition-.*-)variable$/;
  const asked = {};

  const load = (kind) => {
    const pages = new URL(window.wagtailConfig.ADMIN_URLS.PAGES, window.location.href);
    const url = new URL(`../mou/chips/${kind}/?from=${encodeURIComponent(window.location.pathname)}`, pages);
    asked[kind] ??= fetch(url, { headers: { Accept: "application/json" } })
      .then((response) => (response.ok ? response.json() : { choices: [] }))
      .catch(() => ({ choices: [] }))
      .then(({ choices, texts }) => ({ rows: new Map(choices.map((choice) => [choice.key, choice])), texts }));
    return asked[kind];
  };

  const offer = (field, rows) => {
    const id = `${field.id}-offered`;
    const list = document.getElementById(id) ?? document.createElement("datalist");
    list.id = id;
    list.replaceChildren(...rows.map(([value, label]) => Object.assign(document.createElement("option"), { value, label })));
    field.after(list);
    field.setAttribute("list", id);
  };

  const say = (field, words) => {
    const id = `${field.id}-words`;
    const said = document.getElementById(id) ?? document.createElement("div");
    Object.assign(said, { id, className: "help", textContent: words });
    field.parentElement.append(said);
    const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    field.setAttribute("aria-describedby", [...described.add(id)].join(" "));
  };

  /** One test: its question, and the answers that this question can have. */
  const dress = async (variable) => {
    const { rows: questions } = await load("mouvar");
    const value = document.getElementsByName(variable.name.replace(NAME, "$1value"))[0];
    const question = questions.get(variable.value);
    offer(variable, [...questions.values()].map(({ key, label }) => [key, label]));
    say(variable, question?.label ?? "");
    if (!value) return;
    const answers = new Map((question?.values ?? []).map((row) => [row.value, row.label]));
    offer(value, [...answers]);
    say(value, value.value.split(",").map((part) => answers.get(part.trim())).filter(Boolean).join("; "));
  };

  /** A group of alternatives: the groups there are, each with its clauses. */
  const dressGroup = async (field) => {
    const groups = Map.groupBy((await load("part")).rows.values(), ({ alternatives }) => alternatives);
    groups.delete("");
    const words = (name) => (groups.get(name) ?? []).map(({ label }) => label).join("; ");
    offer(field, [...groups.keys()].map((name) => [name, words(name)]));
    say(field, words(field.value));
  };

  /** A choice in the place of a field, which goes on holding the value. */
  const choiceFor = (field) => {
    const choice = Object.assign(document.createElement("select"), { id: `${field.id}-choice` });
    const name = document.querySelector(`label[for="${field.id}"]`);
    if (name) name.htmlFor = choice.id;
    choice.setAttribute("aria-describedby", field.getAttribute("aria-describedby") ?? "");
    return choice;
  };

  const put = (field, value) => {
    field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  /** The form of another answer, such as a name after “of”. */
  const dressForm = async (field) => {
    const { rows, texts } = await load("form");
    if (!texts || field.hidden) return;
    const choice = choiceFor(field);
    const unknown = field.value && !rows.has(field.value) ? [new Option(`${field.value}: ${texts.unknown}`, field.value)] : [];
    choice.replaceChildren(new Option(texts.none, ""), ...unknown, ...[...rows.values()].map(({ key, label }) => new Option(label, key)));
    choice.value = field.value;
    choice.addEventListener("change", (event) => {
      event.stopPropagation();
      put(field, choice.value);
    });
    field.hidden = true;
    field.after(choice);
  };

  /** Required clauses: a list of their names, each with a button to take it out, and a choice to put one in. */
  const dressRequired = async (field) => {
    const { rows, texts } = await load("part");
    if (!texts || field.hidden) return;
    const own = document.getElementsByName(field.name.replace(/requires$/, "key"))[0];
    const list = document.createElement("ul");
    const choice = choiceFor(field);
    const set = (keys) => {
      put(field, keys.join(" "));
      draw();
    };
    const chosen = () => field.value.split(/\s+/).filter(Boolean);
    const draw = () => {
      const keys = chosen();
      list.replaceChildren(...keys.map((key) => {
        const label = rows.get(key)?.label ?? `${key}: ${texts.unknown}`;
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×", className: "button button-small button-secondary" });
        button.setAttribute("aria-label", texts.remove.replace("@", label));
        button.addEventListener("click", () => { set(chosen().filter((each) => each !== key)); choice.focus(); });
        const row = document.createElement("li");
        row.append(label, " ", button);
        return row;
      }));
      const left = [...rows.values()].filter((row) => row.is_optional && row.key !== own?.value && !keys.includes(row.key));
      choice.replaceChildren(new Option(texts.add, ""), ...left.map(({ key, label }) => new Option(label, key)));
    };
    choice.addEventListener("change", (event) => {
      event.stopPropagation();
      if (choice.value) set([...chosen(), choice.value]);
    });
    field.hidden = true;
    field.after(list, choice);
    draw();
  };

  const variableOf = ({ name = "" }) =>
    document.getElementsByName(/condition-.*-value$/.test(name) ? name.replace(/value$/, "variable") : name)[0];
  for (const kind of ["focusin", "change"]) {
    document.addEventListener(kind, ({ target }) => {
      if (!target.matches("input")) return;
      const variable = variableOf(target);
      if (variable && NAME.test(variable.name)) dress(variable);
      if (/(^|-)alternatives_group$/.test(target.name)) dressGroup(target);
      if (/(^|-)requires$/.test(target.name)) dressRequired(target);
      if (/-form_of$/.test(target.name)) dressForm(target);
    });
  }
  document.addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("input[name*='condition-'][name$='-variable']")) dress(field);
    for (const field of document.querySelectorAll("input[name$='alternatives_group']")) dressGroup(field);
    for (const field of document.querySelectorAll("input[name$='requires']")) dressRequired(field);
    for (const field of document.querySelectorAll("input[name$='-form_of']")) dressForm(field);
  });
})();
