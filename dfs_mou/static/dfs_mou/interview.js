// Enhancement only: the interview works without this file. It draws the document beside the form, and saves again
// what was saved under a link.
const form = document.getElementById("builder");
const byId = (id) => document.getElementById(id);

/** What the form sends with a button; files stay here. In parts, as long answers in Arabic would have three times the
    size as an address. */
const filled = (go, more = {}) => {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  for (const [name, value] of Object.entries({ go, ...more })) body.append(name, value);
  return body;
};
/** Bytes, at most about: three for a character, and what stands around each field. */
const size = (body) => [...body].reduce((sum, [name, value]) => sum + 3 * value.length + name.length + 150, 0);
const ask = (body, options = {}) =>
  fetch(form.getAttribute("action"), { method: "POST", headers: { Accept: "application/json" }, body, ...options });
const later = (work, pause) => {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(work, pause); };
};

/* The document beside the form. */
const live = byId("live");
const fold = live.querySelector("details");
const sheet = byId("live-sheet");
const article = sheet.firstElementChild;
let underway = null;

/** Puts each part in its place; what stands in view stays where it is, as does the focus. */
const patch = ({ language, lang, dir, parts }) => {
  if (article.dataset.language !== language) article.replaceChildren();
  Object.assign(article.dataset, { language });
  Object.assign(article, { lang, dir });
  const left = new Map([...article.children].map((part) => [part.dataset.has.split(":")[0], part]));
  const inView = [...article.children].find((part) => part.getBoundingClientRect().bottom > sheet.getBoundingClientRect().top);
  const before = inView?.getBoundingClientRect().top;
  const focused = article.contains(document.activeElement);
  let at = article.firstElementChild;
  for (const { key, has, html, fresh } of parts) {
    let part = left.get(key);
    left.delete(key);
    if (!part) part = article.insertBefore(document.createElement("div"), at);
    else if (part === at) at = at.nextElementSibling;
    else article.insertBefore(part, at);
    if (html !== undefined) part.innerHTML = html;
    part.classList.toggle("fresh", Boolean(fresh));
    part.dataset.has = has;
  }
  for (const part of left.values()) part.remove();
  if (inView?.isConnected) sheet.scrollTop += inView.getBoundingClientRect().top - before;
  if (focused && !article.contains(document.activeElement)) sheet.focus({ preventScroll: true });
};

/** Words that lead where they speak of: to the first clause that has changed, to what two people wrote. */
const tell = (place, text, id = "") => {
  if (!id) { place.textContent = text; return; }
  const link = document.createElement("a");
  link.href = `#${id}`;
  link.textContent = text;
  place.replaceChildren(link);
};
const say = (text, parts = []) => {
  const first = parts.find(({ fresh, key }) => fresh && key);
  tell(byId("live-said"), text, text && first ? `live-${first.key}` : "");
};

const draw = async () => {
  if (!fold.open) return;
  underway?.abort();
  const request = underway = new AbortController();
  const have = [article.dataset.language ?? "", ...[...article.children].map((part) => part.dataset.has)].join(" ");
  try {
    const response = await ask(filled(`live.${byId("live-language")?.value ?? ""}`, { have }), { signal: request.signal });
    if (!response.ok) throw new Error(response.statusText);
    const answer = await response.json();
    patch(answer);
    say(answer.said, answer.parts);
  } catch {
    if (!request.signal.aborted) say(live.dataset.failed);
  }
};
fold.addEventListener("toggle", draw);
byId("live-language")?.addEventListener("change", draw);
form.addEventListener("input", later(draw, 400));
live.hidden = false;
fold.open = matchMedia("(min-width: 64rem)").matches;

/* Saving again what has a link. */
const told = byId("saved-said");
let saving = null, changed = false, stopped = !told;

/** Answers that somebody else changed, where nothing else was typed since. */
const take = (others, sent) => {
  for (const { name, value } of others) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.value === sent.get(name)) field.value = value;
    }
  }
};

const save = async () => {
  const body = filled("autosave");
  changed = false;
  try {
    const response = await ask(body, { keepalive: document.hidden && size(body) < 60000 });
    if (response.status === 413) { tell(told, told.dataset.large); return; } // again once something was typed
    const answer = await response.json();
    if (answer.state) form.elements.state.value = answer.state;
    if (answer.conflict) byId("conflict").innerHTML = answer.conflict;
    stopped = Boolean(answer.stop);
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date());
    const words = [response.ok ? told.dataset.saved.replace("@", time) : "", answer.said].join(" ").trim();
    tell(told, words, answer.conflict ? "conflict" : "");
    if (answer.others?.length) { take(answer.others, body); draw(); }
  } catch {
    changed = true;
    tell(told, told.dataset.failed);
  }
};
const saveNow = () => {
  if (stopped || !changed || saving) return;
  saving = save().finally(() => { saving = null; if (changed) saveSoon(); });
};
const saveSoon = later(saveNow, 1500);
if (told) {
  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.id === "country") return; // a country is taken by its button
    changed = true;
    saveSoon();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveNow(); });
  // A button waits for what is under way, so that it starts from the version that this made.
  form.addEventListener("submit", (event) => {
    if (saving) {
      event.preventDefault();
      const button = event.submitter;
      saving.finally(() => form.requestSubmit(button));
    }
    stopped = true;
  });
}
