/* Conditions in the form of a clause: the keys of questions and the values of their answers are offered with their
   words, and said in words below the field. Enhancement only: keys can be typed without this file. */
(() => {
  const NAME = /^(.*condition-.*-)variable$/;
  let asked = null;

  const load = () => {
    const pages = new URL(window.wagtailConfig.ADMIN_URLS.PAGES, window.location.href);
    const url = new URL(`../mou/chips/mouvar/?from=${encodeURIComponent(window.location.pathname)}`, pages);
    asked ??= fetch(url, { headers: { Accept: "application/json" } })
      .then((response) => (response.ok ? response.json() : { choices: [] }))
      .then(({ choices }) => new Map(choices.map((choice) => [choice.key, choice])))
      .catch(() => new Map());
    return asked;
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
    const questions = await load();
    const value = document.getElementsByName(variable.name.replace(NAME, "$1value"))[0];
    const question = questions.get(variable.value);
    offer(variable, [...questions.values()].map(({ key, label }) => [key, label]));
    say(variable, question?.label ?? "");
    if (!value) return;
    const answers = new Map((question?.values ?? []).map((row) => [row.value, row.label]));
    offer(value, [...answers]);
    say(value, value.value.split(",").map((part) => answers.get(part.trim())).filter(Boolean).join("; "));
  };

  const variableOf = ({ name = "" }) =>
    document.getElementsByName(/condition-.*-value$/.test(name) ? name.replace(/value$/, "variable") : name)[0];
  for (const kind of ["focusin", "change"]) {
    document.addEventListener(kind, ({ target }) => {
      const variable = target.matches("input") ? variableOf(target) : null;
      if (variable && NAME.test(variable.name)) dress(variable);
    });
  }
  document.addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("input[name*='condition-'][name$='-variable']")) dress(field);
  });
})();
