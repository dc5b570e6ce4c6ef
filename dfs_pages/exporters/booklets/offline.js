// Finds words in this language; without scripts the contents below lead everywhere.
const place = document.getElementById("search");
if (place && typeof words !== "undefined") {
  const label = document.createElement("label");
  const field = document.createElement("input");
  const list = document.createElement("ul");
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0652\u0640]/g, "");
  const rows = words.map(([title, url, text]) => ({ title, url, heading: plain(title), text: plain(text) }));
  label.textContent = place.dataset.label;
  field.type = "search";
  list.setAttribute("aria-live", "polite");
  field.addEventListener("input", () => {
    const asked = plain(field.value).split(/\s+/).filter(Boolean);
    const found = rows.filter((row) => asked.every((word) => row.heading.includes(word) || row.text.includes(word)));
    found.sort((a, b) => asked.every((word) => b.heading.includes(word)) - asked.every((word) => a.heading.includes(word)));
    list.replaceChildren(...(asked.length ? found.slice(0, 30) : []).map((row) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = row.url;
      link.textContent = row.title;
      item.append(link);
      return item;
    }));
    if (asked.length && !found.length) list.textContent = place.dataset.none;
  });
  label.append(field);
  place.append(label, list);
}
