// Gives text fields that are built in the browser the language and direction of the page that is edited.
const editor = document.querySelector("[data-content-lang]"); // that of translations
const field = document.querySelector("form [lang][dir]");
const lang = editor?.dataset.contentLang ?? field?.lang;
const dir = editor?.dataset.contentDir ?? field?.dir;
const TEXT = "textarea:not([dir]), input[type=text]:not([dir]):not([name$=slug]), .Draftail-Editor:not([dir])";
const INSIDE = "[data-contentpath], .Draftail-Editor__wrapper, [data-content-lang]";

function mark() {
  for (const found of document.querySelectorAll(TEXT)) {
    if (found.closest(INSIDE)) {
      found.lang = lang;
      found.dir = dir;
    }
  }
}

// What wagtail-localize leaves without a name, and shows twice.
function mend() {
  editor.querySelector("input[type=file]:not([aria-label])")?.setAttribute("aria-label", editor.dataset.fileLabel);
  // A translation is named by the sentence it translates.
  for (const text of editor.querySelectorAll("li > div > textarea:not([aria-label])")) {
    text.setAttribute("aria-label", text.closest("li").querySelector("p")?.textContent ?? "");
  }
  for (const repeated of [...editor.querySelectorAll(".form-side")].slice(1)) repeated.remove();
}

function attend() {
  mark();
  if (editor) mend();
}

if (lang) {
  attend();
  new MutationObserver(attend).observe(document.body, { childList: true, subtree: true });
}
