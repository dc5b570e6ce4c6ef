/* Chips in the rich text editor: an answer of the drafters (MOUVAR) or a cross-reference (MOUREF). */
(() => {
  const { React, DraftJS } = window;
  const h = React.createElement;

  /** A chip as the editor shows it: its sample text, and its key on hover and for screen readers. */
  const Chip = ({ contentState, entityKey, children }) => {
    const { name } = contentState.getEntity(entityKey).getData();
    return h("span", { className: "mou-chip", title: name, "aria-description": name }, children);
  };

  /** The dialog that offers every key; what is chosen goes in where the cursor stands. */
  class ChipSource extends React.Component {
    constructor(props) {
      super(props);
      this.state = { choices: [], key: "", failed: false };
      this.dialog = React.createRef();
      this.insert = this.insert.bind(this);
      this.close = this.close.bind(this);
    }

    componentDidMount() {
      this.dialog.current.showModal();
      fetch(this.props.entityType.choicesUrl, { headers: { Accept: "application/json" } })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
        .then(({ choices }) => this.setState({ choices, key: this.current() || (choices[0] || {}).key || "" }))
        .catch(() => this.setState({ failed: true }));
    }

    /** The key of the chip that is being edited, if any. */
    current() {
      const { entity } = this.props;
      return entity ? entity.getData().name : "";
    }

    insert() {
      const { editorState, entityType, entityKey, onComplete } = this.props;
      const chosen = this.state.choices.find((choice) => choice.key === this.state.key);
      if (!chosen) return;
      const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", { name: chosen.key });
      const selection = entityKey
        ? window.Draftail.DraftUtils.getEntitySelection(editorState, entityKey)
        : editorState.getSelection();
      const next = DraftJS.Modifier.replaceText(
        content, selection, chosen.label, null, content.getLastCreatedEntityKey(),
      );
      this.dialog.current.close();
      onComplete(DraftJS.EditorState.push(editorState, next, "insert-characters"));
    }

    close() {
      this.props.onClose();
    }

    render() {
      const { choices, key, failed } = this.state;
      const { description } = this.props.entityType;
      const options = choices.map((choice) =>
        h("option", { key: choice.key, value: choice.key }, `${choice.key} – ${choice.label}`));
      return h("dialog", { ref: this.dialog, className: "mou-chip-dialog", onClose: this.close },
        // No form: the dialog stands inside the form of the page.
        h("div", null,
          h("label", { htmlFor: "mou-chip-key" }, description),
          failed
            ? h("p", { role: "alert" }, gettext("The list could not be loaded."))
            : h("select", {
              id: "mou-chip-key", value: key, onChange: (event) => this.setState({ key: event.target.value }),
            }, options),
          h("p", null,
            h("button", { type: "button", className: "button", disabled: !key, onClick: this.insert }, gettext("Insert")),
            " ",
            h("button", {
              type: "button", className: "button button-secondary", onClick: () => this.dialog.current.close(),
            }, gettext("Cancel")))));
    }
  }

  const gettext = window.django && window.django.gettext ? window.django.gettext : (text) => text;
  ["MOUVAR", "MOUREF"].forEach((type) => {
    window.draftail.registerPlugin({ type, source: ChipSource, decorator: Chip }, "entityTypes");
  });
})();
