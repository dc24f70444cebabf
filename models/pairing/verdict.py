from dataclasses import dataclass, field
from typing import NamedTuple

from odoo.exceptions import ValidationError


class Reason(NamedTuple):
    """Why somebody may not, or only for a reason, accompany a project."""

    code: str
    text: str  # continues the name of the person: "is away until..."
    way_out: str = ""


@dataclass
class Verdict:
    """What the rules say of one person beside one project.

    ``refusals`` stand, ``warnings`` give way to a written reason, ``notes`` inform.
    """

    refusals: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def raise_refusal(self, env, lead, partner):
        """Refuse with the rule and the way out, when a rule stands against it."""
        if self.refusals:
            raise ValidationError(
                env._(
                    "%(person)s cannot accompany “%(project)s”: %(reason)s."
                    " %(way_out)s",
                    person=partner.display_name,
                    project=lead.name,
                    reason=self.refusals[0].text,
                    way_out=self.refusals[0].way_out,
                )
            )

    def raise_warning(self, env, lead, partner):
        """Ask for a reason, when one is needed."""
        if self.warnings:
            raise ValidationError(
                env._(
                    "%(person)s beside “%(project)s”: %(reasons)s. If you choose this"
                    " person all the same, write the reason.",
                    person=partner.display_name,
                    project=lead.name,
                    reasons="; ".join(reason.text for reason in self.warnings),
                )
            )
