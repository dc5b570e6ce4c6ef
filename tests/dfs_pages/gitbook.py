"""A book with every kind of thing that GitBook's Git-sync format knows."""

from io import BytesIO, StringIO

from django.core.management import call_command
from PIL import Image

CONTENTS = """# Table of contents

* [Guide](README.md)
  * [Mobile money](money/README.md)
    * [Agents](money/agents.md)
* [Elsewhere](https://www.itu.int/)

## Reference

* [Blocks](reference/blocks.md)
* [Gone](reference/gone.md)
"""
GUIDE = """---
description: How a book is read.
icon: book
---

# The whole guide

See [agents](money/agents.md#who-they-are), [the folder](money/), [a web page](https://www.itu.int/),
[nothing](missing.md) and https://www.figi.itu.int/ as well.
"""
MONEY = """# Mobile money

Up to [the guide](../README.md), down to [agents](agents.md) and [a file](../.gitbook/assets/form.csv).
"""
AGENTS = """# Agents

## Who they are

People with a *phone* and a **float**.

### Where

Everywhere, see [above](#who-they-are).
"""
BLOCKS = """# Blocks

{% hint style="danger" %}
Never share a `PIN`.

```sh
rm -rf /
```
{% endhint %}

{% tabs %}
{% tab title="Operators" %}
Check the IMSI.
{% endtab %}

{% tab title="Providers" %}
* Check the device
{% endtab %}
{% endtabs %}

<details>

<summary>Why?</summary>

Because of <name> and **fraud**.

</details>

{% stepper %}
{% step %}
## Stop

Hold the payment.
{% endstep %}
{% step %}
## Call

Call the customer.
{% endstep %}
{% endstepper %}

{% code title="ask.sh" %}
```bash
curl {% raw %} <script>alert(1)</script>
```
{% endcode %}

{% content-ref url="../money/agents.md" %}
[agents.md](../money/agents.md)
{% endcontent-ref %}

{% embed url="https://www.youtube.com/watch?v=1" %}

{% file src="../.gitbook/assets/form.csv" %}
The form
{% endfile %}

{% include "../.gitbook/includes/notice.md" %}

{% columns %}
{% column %}
Left
{% endcolumn %}
{% column %}
Right
{% endcolumn %}
{% endcolumns %}

| Threat | Control |
| ------ | ------- |
| SIM swap | [Ask twice](../README.md) |

<table data-view="cards"><thead><tr><th></th><th data-hidden data-card-target data-type="content-ref"></th></tr></thead>
<tbody><tr><td><strong>Agents</strong></td><td><a href="../money/agents.md">agents.md</a></td></tr></tbody></table>

<figure><img src="../.gitbook/assets/red.png" alt="A red square"><figcaption><p>Red</p></figcaption></figure>

![Lost](../.gitbook/assets/lost.png)

1. First
2. Second

   ```
   with code
   ```
3. Third

- [ ] to do
- [x] done

> As they said.

A claim[^1].

[^1]: The proof.
"""
SETTINGS = """root: ./
\u200bstructure:
  readme: README.md
  summary: SUMMARY.md\u200b
redirects:
  old/agents: money/agents.md
"""
FILES = {
    "SUMMARY.md": CONTENTS,
    "README.md": GUIDE,
    "money/README.md": MONEY,
    "money/agents.md": AGENTS,
    "reference/blocks.md": BLOCKS,
    "notes/unlisted.md": "# Notes\n\nNot shown on GitBook.\n",
    ".gitbook/includes/notice.md": "Handle with care.\n",
    ".gitbook/assets/form.csv": "a,b\n1,2\n",
    ".gitbook.yaml": SETTINGS,
}


def png(colour="red"):
    out = BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def write_book(folder, files=None):
    for name, text in {**FILES, **(files or {})}.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    picture = folder / ".gitbook/assets/red.png"
    picture.write_bytes(png())
    return folder


def run(folder, **options):
    out = StringIO()
    call_command("import_gitbook", str(folder), stdout=out, **options)
    return out.getvalue()
