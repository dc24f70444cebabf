import json
from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# What is left of those accompanied once all that is published of a year is taken off.
LED_TO = ("with_activity", "with_job", "with_training", "continuing")
TWICE = ("several", "completed_continuing")


class HubAnnualReview(models.Model):
    """How the figures of a review are counted, kept and compared."""

    _inherit = "hub.annual.review"

    def action_compute(self):
        """Count again; what was corrected stays beside what is counted now."""
        self.check_access("write")
        for record in self:
            if record.state != "draft":
                record._check_not_frozen(dict.fromkeys(record._frozen_fields()))
            if record.origin == "typed":
                raise UserError(
                    self.env._(
                        "%(name)s is typed in from a report: nothing is counted. To"
                        " count, say that its figures are counted by the hub.",
                        name=record.display_name,
                    )
                )
            record._count()

    def _count(self):
        self.ensure_one()
        if not 1990 <= self.year <= 2200:
            return
        record = self.with_context(lang=self.lang)
        if self.origin == "computed":
            record._count_year()
        else:
            self._forget_counted()
            self._complete_typed()
        self._set_bases()

    def _count_year(self):
        hub = self.company_id.sudo()
        start, end = date(self.year, 1, 1), date(self.year, 12, 31)
        engine = self.env["hub.figures"].sudo()
        numbers, queries = engine._compute(hub, start, end, known=self._opening())
        self._keep_figures(numbers)
        lines, more = engine._breakdowns(hub, start, end)
        self._keep_breakdowns(engine, lines)
        self.sudo().write(
            {
                "computed_on": fields.Datetime.now(),
                "queries": json.dumps(
                    queries | more, ensure_ascii=False, indent=1, sort_keys=True
                ),
                "threshold": hub.hub_small_group,
                "collective_times": hub.hub_collective_times,
            }
        )

    def _forget_counted(self):
        """A year that is typed in holds nothing that was counted."""
        self.sudo().figure_ids.filtered("is_computed").unlink()
        self.sudo().write(
            {
                "breakdown_ids": [Command.clear()],
                "computed_on": False,
                "queries": False,
                "threshold": False,
                "collective_times": False,
            }
        )

    def _opening(self):
        """Who was still under way: as published a year before, else as counted."""
        codes = {f"{one}.opening": f"{one}.continuing" for one in ("person", "project")}
        before = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("year", "=", self.year - 1),
                ("state", "=", "validated"),
            ],
            limit=1,
        )
        published = {line.code: line.value for line in before.figure_ids}
        if all(code in published for code in codes.values()):
            return {name: published[code] for name, code in codes.items()}
        days = date(self.year - 1, 1, 1), date(self.year - 1, 12, 31)
        engine = self.env["hub.figures"].sudo()
        counted, _queries = engine._values(self.company_id.sudo(), *days)
        return {n: published.get(code, counted[code]) for n, code in codes.items()}

    def _keep_figures(self, numbers):
        """Lines by their code: a correction outlives what was counted before."""
        lines = self.sudo().figure_ids.filtered("code")
        known = {line.code: line for line in lines}
        commands = []
        for sequence, (figure, number) in enumerate(numbers, start=1):
            vals = figure_vals(figure) | {
                "sequence": sequence,
                "computed_value": float(number or 0),
                "is_computed": True,
            }
            line = known.pop(figure.code, None)
            commands.append(
                Command.update(line.id, vals) if line else Command.create(vals)
            )
        gone = [line for line in known.values() if line.is_computed]
        commands += [Command.delete(line.id) for line in gone]
        self.sudo().figure_ids = commands

    def _keep_breakdowns(self, engine, lines):
        labels = {}
        for line in lines:
            key = line["base"], line["dimension"]
            labels.setdefault(key, set()).add(line["group"])
        names = {
            key: engine._group_labels(*key, found) for key, found in labels.items()
        }
        commands = [Command.clear()]
        for sequence, line in enumerate(lines, start=1):
            key = line["base"], line["dimension"]
            commands.append(
                Command.create(
                    {
                        "sequence": sequence,
                        "base": line["base"],
                        "dimension": line["dimension"],
                        "dimension_label": engine._dimension_label(*key),
                        "group": line["part"] == "one" and names[key][line["group"]],
                        "part": line["part"],
                        "count": line["count"],
                        "hidden": line["hidden"],
                    }
                )
            )
        self.sudo().breakdown_ids = commands

    def _complete_typed(self):
        """What a report of an earlier year leaves unsaid: those accompanied with none
        of the outcomes that it names, always shown."""
        if self.origin != "typed":
            return
        for series in ("person", "project", "structure"):
            lines = {
                line.code.partition(".")[2]: line
                for line in self.figure_ids
                if line.code and line.code.startswith(f"{series}.")
            }
            other = lines.get("other")
            if {"accompanied", *LED_TO} <= set(lines):
                self._keep_rest(series, lines, other)
            elif other and other.is_derived:
                other.sudo().unlink()

    def _keep_rest(self, series, lines, other):
        rest = lines["accompanied"].value
        rest -= sum(lines[name].value for name in LED_TO)
        rest += sum(lines[name].value for name in TWICE if name in lines)
        if rest < 0:
            raise UserError(
                self.env._(
                    "%(name)s: more outcomes than people or projects accompanied. Where"
                    " some count twice, add the figure “of whom with several of these”"
                    " or “of whom succeeded already”.",
                    name=self.display_name,
                )
            )
        kept = self.sudo().with_context(hub_completing=True).figure_ids
        if other and other.is_derived:
            kept.browse(other.id).typed_value = rest
        elif not other:
            kept.create(
                {
                    "review_id": self.id,
                    "code": f"{series}.other",
                    "sequence": 500,
                    "typed_value": rest,
                    "is_derived": True,
                }
            )

    def _set_bases(self):
        """The base of each evolution: the same figure, of the same series, as it was
        published. What a review does not hold may be typed in with its year."""
        for record in self:
            published = {line.code: line for line in record.base_id.figure_ids}
            for line in record.figure_ids.filtered("code"):
                base = published.get(line.code)
                if base:
                    line.sudo().write(
                        {
                            "base_year": record.base_id.year,
                            "base_value": base.value,
                            "base_found": True,
                        }
                    )
                elif line.base_found:
                    line.sudo().write(
                        {"base_year": 0, "base_value": 0, "base_found": False}
                    )


def figure_vals(figure):
    """How a figure is kept, in the words of the day on which it is counted."""
    return {
        "code": figure.code,
        "section": figure.section,
        "name": figure.label,
        "definition": figure.definition,
        "level": figure.level,
        "digits": figure.digits,
        "unit": figure.unit,
    }
