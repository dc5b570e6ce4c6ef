// A table pasted into running text, from Word for instance, becomes lines with a bar between the cells:
// the text editor knows no tables. When the page is saved, such lines become a table of their own (blocks/pasted.py).
const BAR = " │ ";

function inline(cell) {
  const text = cell.cloneNode(true);
  text.querySelectorAll("br").forEach((found) => found.replaceWith(" "));
  text.querySelectorAll("p, div, li, ul, ol, h1, h2, h3, h4, h5, h6, table, tbody, tr, td, th").forEach((block) => {
    block.replaceWith(" ", ...block.childNodes);
  });
  return text.childNodes;
}

function lines(table) {
  return Array.from(table.rows, (row) => {
    const line = document.createElement("p");
    for (const [place, cell] of Array.from(row.cells).entries()) {
      line.append(place ? BAR : "", ...inline(cell), BAR.repeat(cell.colSpan - 1));
    }
    return line;
  });
}

function withoutTables(html) {
  const pasted = new DOMParser().parseFromString(html, "text/html");
  let table;
  while ((table = pasted.querySelector("table"))) table.replaceWith(...lines(table));
  return pasted.documentElement.outerHTML;
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!/<table/i.test(html) || !event.target.closest(".Draftail-Editor")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", withoutTables(html));
    clipboardData.setData("text/plain", event.clipboardData.getData("text/plain"));
    event.target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  },
  true,
);
