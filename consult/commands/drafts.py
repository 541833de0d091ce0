"""`consult draft parse`: how the text of a draft is cut into provisions, on a file alone."""

import json
import sys
from pathlib import Path

import click

from consult.consultations.outline import as_json as outline_as_json
from consult.consultations.parsing import parse


@click.group()
def draft() -> None:
    """Look at the text of a draft."""


@draft.command("parse")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def parse_draft(file: Path, *, as_json: bool) -> None:
    """Cut the text in FILE into articles and say what looks odd. Exit status 1 when no article is found."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException("The file is not UTF-8 text.") from None
    parsed = parse(text)
    if as_json:
        click.echo(json.dumps(outline_as_json(parsed), ensure_ascii=False))
    else:
        for element in parsed.elements:
            click.echo(f"{'  ' * element.depth}{element.label}  [{element.key}]")
        for warning in parsed.warnings:
            click.echo(f"! {warning}", err=True)
    if not parsed.articles:
        sys.exit(1)
