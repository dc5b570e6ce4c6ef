"""A template of a few pages: what takes seconds to load with the supplied one."""

from wagtail.models import Locale, Site

from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages

KEY = "small"


def question(name, **fields):
    return {
        "type": "variable",
        "value": {"name": name, "type": "text", "label": f"Which {name}?", "choices": [], **fields},
    }


def test_of(variable, operator="set", value=""):
    return ("test", {"variable": variable, "operator": operator, "value": value})


test_of.__test__ = False


def clause(number, key, title, body, **fields):
    reference = f"SMALL-{number:03}"
    return ClausePage(title=title, slug=key, reference=reference, key=key, body=body, **fields)


def make_small_template():
    """Cover, a clause with a name and a reference, one that only a yes prints, and an annex."""
    Locale.objects.get_or_create(language_code="en")
    group = QuestionGroupPage(title="Parties", slug="parties", key="parties")
    group.variables = group.variables.stream_block.to_python(
        [
            question("country_name", type="country", localised=True, label="Country"),
            question("telecom_regulator_name", localised=True, label="Regulator"),
            question("central_bank_name", localised=True, label="Bank"),
            question("has_budget", type="boolean", label="Is there a budget?"),
        ]
    )
    names = '<a linktype="mouvar" id="{0}">{0}</a>'.format
    pages = [
        group,
        clause(1, "cover", "Small memorandum", f"<p>{names('country_name')}</p>", number_mode="none"),
        clause(
            *(2, "purpose", "Purpose"),
            f"<p>{names('telecom_regulator_name')} and {names('central_bank_name')}: see"
            ' <a linktype="mouref" id="last">last</a>.</p>',
        ),
        clause(3, "budget", "Budget", "<p>There is a budget.</p>", condition=[test_of("has_budget")]),
        clause(4, "last", "Last things", "<p>Done.</p>"),
    ]
    template = MouTemplatePage(title="Small MOU", slug="small", template_key=KEY, version="1.0.0")
    with system_publication(reason="Set up for a test"):
        create_pages(Site.objects.get(is_default_site=True).root_page, [(template, [(page, []) for page in pages])])
    return MouTemplatePage.objects.get(template_key=KEY)
