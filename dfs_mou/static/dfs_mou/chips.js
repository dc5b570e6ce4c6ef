/* Chips in the rich text editor: an answer of the drafters (MOUVAR) or a cross-reference (MOUREF). */
(() => {
  const { React, DraftJS } = window;
  const h = React.createElement;
  const LIST = "mou-chip-list";

  /** A chip as the editor shows it: its sample text, and its key on hover and for screen readers. */
  const Chip = ({ contentState, entityKey, onEdit, children }) => {
    const { name } = contentState.getEntity(entityKey).getData();
    const edit = () => onEdit && onEdit(entityKey);
    return h("span", { className: "mou-chip", title: name, "aria-description": name, onDoubleClick: edit }, children);
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** The choices that hold every word that was typed, in any of their texts. */
  const matching = (choices, typed) => {
    const words = plain(typed).split(/\s+/).filter(Boolean);
    return choices.filter((choice) => words.every((word) => choice.searched.includes(word)));
  };

  /** A search field over a list, by keyboard or pointer; what is chosen goes in where the cursor stands. */
  class ChipSource extends React.Component {
    constructor(props) {
      super(props);
      this.state = { choices: null, typed: "", at: 0, failed: false };
      this.dialog = React.createRef();
      this.onKeyDown = this.onKeyDown.bind(this);
    }

    componentDidMount() {
      this.dialog.current.showModal();
      const { choicesUrl } = this.props.entityType;
      fetch(`${choicesUrl}?from=${encodeURIComponent(window.location.pathname)}`, { headers: { Accept: "application/json" } })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
        .then(({ choices }) => this.show(choices))
        .catch(() => this.setState({ failed: true }));
    }

    componentDidUpdate(_props, before) {
      if (before.at !== this.state.at || before.typed !== this.state.typed) {
        const active = document.getElementById(`${LIST}-${this.state.at}`);
        if (active) active.scrollIntoView({ block: "nearest" });
      }
    }

    show(choices) {
      choices.forEach((choice) => {
        choice.searched = plain(`${choice.label} ${choice.sample} ${choice.key} ${choice.group}`);
      });
      const { entity } = this.props;
      const current = entity ? choices.findIndex((choice) => choice.key === entity.getData().name) : 0;
      this.setState({ choices, at: Math.max(current, 0) });
    }

    shown() {
      return matching(this.state.choices || [], this.state.typed);
    }

    onKeyDown(event) {
      const shown = this.shown();
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
      if (event.key in steps && shown.length) {
        const at = this.state.at + steps[event.key];
        this.setState({ at: Math.abs(steps[event.key]) === 1
          ? (at + shown.length) % shown.length : Math.min(Math.max(at, 0), shown.length - 1) });
      } else if (event.key === "Enter") {
        this.insert(shown[this.state.at]);
      } else {
        return;
      }
      event.preventDefault(); // the dialog stands inside the form of the page
    }

    insert(chosen) {
      if (!chosen) return;
      const { editorState, entityType, entityKey, onComplete } = this.props;
      const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", { name: chosen.key });
      const selection = entityKey
        ? window.Draftail.DraftUtils.getEntitySelection(editorState, entityKey)
        : editorState.getSelection();
      const next = DraftJS.Modifier.replaceText(
        content, selection, chosen.sample || chosen.key, null, content.getLastCreatedEntityKey(),
      );
      this.done = true;
      this.dialog.current.close();
      onComplete(DraftJS.EditorState.push(editorState, next, "insert-characters"));
    }

    option(choice, index) {
      return h("li", {
        key: choice.key, id: `${LIST}-${index}`, role: "option", "aria-selected": index === this.state.at,
        onMouseDown: (event) => event.preventDefault(), onClick: () => this.insert(choice),
      }, h("b", null, choice.label || choice.key), " ", h("span", { className: "mou-chip" }, choice.sample),
      h("small", null, choice.group ? `${choice.group} · ${choice.key}` : choice.key));
    }

    render() {
      const { description, texts } = this.props.entityType;
      const { choices, typed, at, failed } = this.state;
      const shown = this.shown();
      const close = () => { if (!this.done) this.props.onClose(); };
      return h("dialog", { ref: this.dialog, className: "mou-chip-dialog", "aria-labelledby": "mou-chip-label", onClose: close },
        h("label", { id: "mou-chip-label", htmlFor: "mou-chip-search" }, description),
        h("input", {
          id: "mou-chip-search", type: "text", role: "combobox", autoFocus: true, autoComplete: "off", value: typed,
          placeholder: texts.search, "aria-expanded": true, "aria-controls": LIST, "aria-autocomplete": "list",
          "aria-activedescendant": shown.length ? `${LIST}-${at}` : undefined,
          onChange: (event) => this.setState({ typed: event.target.value, at: 0 }), onKeyDown: this.onKeyDown,
        }),
        failed && h("p", { role: "alert" }, texts.failed),
        h("ul", { id: LIST, role: "listbox", "aria-labelledby": "mou-chip-label" },
          shown.map((choice, index) => this.option(choice, index))),
        h("p", { role: "status" }, choices && !shown.length ? texts.nothing : ""),
        h("p", null,
          h("button", { type: "button", className: "button", disabled: !shown.length, onClick: () => this.insert(shown[at]) }, texts.insert),
          " ",
          h("button", { type: "button", className: "button button-secondary", onClick: () => this.dialog.current.close() }, texts.cancel)));
    }
  }

  ["MOUVAR", "MOUREF"].forEach((type) => {
    window.draftail.registerPlugin({ type, source: ChipSource, decorator: Chip }, "entityTypes");
  });
})();
