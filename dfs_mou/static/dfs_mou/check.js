/* What the check of the template says about this page: in a list on top, and each sentence beside its field.
   Enhancement only: the same sentences stand on the page of the check. */
(() => {
  const named = (prefix, field) =>
    document.querySelector(`[name="${prefix}${field}"], [name^="${prefix}${field}-"]`);

  /** The fields of the page itself, or of the parts and questions in its blocks, that a sentence is about. */
  const fieldsOf = ({ keys, name, field }) => {
    const [suffix, values] = name ? ["name", [name]] : ["key", keys];
    const own = name ? undefined : document.getElementsByName("key")[0];
    const blocks = [...document.querySelectorAll(`input[name$="-value-${suffix}"]`)].filter(({ value }) => values.includes(value));
    return [
      ...(own && keys.includes(own.value) ? [named("", field) ?? own] : []),
      ...blocks.map((input) => named(input.name.slice(0, -suffix.length), field) ?? input),
    ];
  };

  const paragraph = (id, said) => Object.assign(document.createElement("p"), { id, className: "error-message mou-found", textContent: said });

  /** Opens what is folded around it, so that a link leads to something that is seen. */
  const unfold = (place) => {
    for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      const toggle = panel.querySelector("[data-panel-toggle]");
      if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    }
  };

  const show = (list, found) => {
    found.forEach((row, index) => {
      const item = document.createElement("li");
      const [first, ...others] = fieldsOf(row);
      item.textContent = row.said;
      for (const [place, field] of [first, ...others].filter(Boolean).entries()) {
        const beside = paragraph(`mou-found-${index}-${place}`, row.said);
        (field.closest("[data-field]") ?? field.closest("[data-contentpath]") ?? field.parentElement).append(beside);
        field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${beside.id}`.trim());
      }
      if (first) {
        const link = Object.assign(document.createElement("a"), { href: `#mou-found-${index}-0`, textContent: row.said });
        link.addEventListener("click", () => unfold(document.getElementById(`mou-found-${index}-0`)));
        item.replaceChildren(link);
      }
      list.append(item);
    });
    list.closest("[hidden]")?.removeAttribute("hidden");
  };

  document.addEventListener("DOMContentLoaded", async () => {
    const list = document.getElementById("mou-check");
    if (!list?.dataset.url) return;
    const response = await fetch(list.dataset.url, { headers: { Accept: "application/json" } });
    const { found } = response.ok ? await response.json() : { found: [] };
    if (found.length) show(list, found);
  });
})();
