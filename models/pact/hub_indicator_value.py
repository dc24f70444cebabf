import re

from odoo import models
from odoo.exceptions import ValidationError

from ...tools.progress_chart import figure_axis

# Twelve digits before the point, six after it.
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
LONGEST = 2000


class HubIndicator(models.Model):
    """The values that an indicator takes.

    They are written as plain text, one form each: a number with a point, the place
    of a step from 1, ``yes`` or ``no``, words.
    """

    _inherit = "hub.indicator"

    def _value_choices(self):
        """``[(value, label)]`` where people choose, else nothing."""
        self.ensure_one()
        if self.kind == "scale":
            return [(str(i), s) for i, s in enumerate(self._scale_steps(), start=1)]
        if self.kind == "yes_no":
            labels = {"yes": self.env._("Yes"), "no": self.env._("No")}
            return list(labels.items())
        return []

    def _read_value(self, text):
        """What somebody typed or tapped, in the form in which it is kept.

        :return: the value, or an empty string where nothing was given
        :raises ValidationError: when it is not a value of this indicator
        """
        self.ensure_one()
        value = (text or "").strip()
        if self.kind == "number":
            value = re.sub(r"[\s\u202f\xa0]", "", value).replace(",", ".")
        self._check_value(value)
        return value

    def _check_value(self, value):
        self.ensure_one()
        if value and not self._is_value(value):
            raise ValidationError(self._value_complaint(value))

    def _is_value(self, value):
        if self.kind == "text":
            return len(value) <= LONGEST
        if self.kind == "number":
            return bool(NUMBER.fullmatch(value)) and value.isascii()
        return value in dict(self._value_choices())

    def _value_complaint(self, value):
        shown = value if len(value) < 60 else f"{value[:60]}..."
        if self.kind == "number":
            return self.env._(
                "“%(indicator)s” is a figure: “%(value)s” is none. Write digits, such"
                " as 3 or 2.5.",
                indicator=self.name,
                value=shown,
            )
        if self.kind == "text":
            return self.env._(
                "“%(indicator)s”: keep to %(count)s characters.",
                indicator=self.name,
                count=LONGEST,
            )
        return self.env._(
            "“%(indicator)s”: “%(value)s” cannot be chosen. Choose one of:"
            " %(choices)s.",
            indicator=self.name,
            value=shown,
            choices=", ".join(label for _value, label in self._value_choices()),
        )

    def _value_figure(self, value):
        """The value as a number: what is counted and drawn; words are 0."""
        self.ensure_one()
        if not value or self.kind == "text" or not self._is_value(value):
            return 0.0
        if self.kind == "yes_no":
            return float(value == "yes")
        return float(value)

    def _value_label(self, value):
        """The value as people say it: “2. Explains it with help”, “3 jobs”, “Yes”."""
        self.ensure_one()
        if not value:
            return ""
        if self.kind == "number":
            return self._figure_label(float(value) if self._is_value(value) else 0.0)
        label = dict(self._value_choices()).get(value, value)
        return f"{value}. {label}" if self.kind == "scale" else label

    def _figure_label(self, figure, digits=6):
        """A figure with its unit, in the language of the reader."""
        written = self._plain_figure(figure, digits)
        return f"{written} {self.unit}" if self.unit else written

    def _plain_figure(self, figure, digits=6):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        text = f"{figure:.{digits}f}".rstrip("0").rstrip(".")
        text = "0" if text == "-0" else text
        return text.replace(".", lang.decimal_point or ".")

    def _axis(self, figures):
        """``(lowest, highest, [(value, label)])`` of what is drawn."""
        self.ensure_one()
        if self.kind == "scale":
            steps = range(1, max(len(self.step_ids), 2) + 1)
            return 1, steps[-1], [(step, str(step)) for step in steps]
        if self.kind == "yes_no":
            return 0, 1, [(0, self.env._("No")), (1, self.env._("Yes"))]
        low, high, ticks = figure_axis(figures or [0])
        return low, high, [(tick, self._plain_figure(tick)) for tick in ticks]
