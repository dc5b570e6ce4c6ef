"""From answers to documents, without a database and without a request.

`Edition.from_json` → `answers.clean` → `conditions.variables_needed` and `clauses_in` → `tree.build` → `html.page`,
`html.fragment`, `docx.render`, `pdf.render` or `Document.to_json`. `directory.answers_from_directory` answers what a
row of the directory knows; `name_forms.propose_form` proposes the form of a name for a sentence.
"""
