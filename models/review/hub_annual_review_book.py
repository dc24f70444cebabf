from odoo import models

from ...reports.xlsx_book import Book


class HubAnnualReview(models.Model):
    """The figures of a review as a spreadsheet, in the order of the report."""

    _inherit = "hub.annual.review"

    def _book(self):
        """The file, as bytes."""
        self.ensure_one()
        self.check_access("read")
        record = self.with_context(lang=self.lang)
        book = Book()
        record._book_figures(book)
        record._book_breakdowns(book)
        record._book_years(book)
        record._book_evaluations(book)
        record._book_answers(book)
        record._book_colleges(book)
        record._book_points(book)
        record._book_definitions(book)
        return book.content()

    def _book_title(self):
        parts = (self.display_name, self.company_id.name, self._print_validation())
        return " · ".join(parts)

    def _book_figures(self, book):
        _ = self.env._
        series = dict(
            self.figure_ids._fields["series"]._description_selection(self.env)
        )
        columns = [
            (_("Part"), "text"),
            (_("What is counted"), "text"),
            (_("Figure"), "text"),
            (_("Published"), "figure"),
            (_("Counted"), "figure"),
            (_("Why it is corrected"), "text"),
            (_("Base: year"), "number"),
            (_("Base: figure"), "figure"),
            (_("Evolution (%)"), "figure"),
        ]
        rows = [
            [
                title,
                series.get(line.series, ""),
                line.name,
                line.value,
                line.computed_value if line.is_computed else None,
                line.reason if line.is_corrected else "",
                line.base_year or None,
                line.base_value if line.base_year else None,
                line.evolution if line.base_year and line.base_value else None,
            ]
            for title, lines in self._print_sections()
            for line in lines
        ]
        book.sheet(_("Figures"), self._book_title(), columns, rows)

    def _book_breakdowns(self, book):
        _ = self.env._
        columns = [
            (_("Of"), "text"),
            (_("By"), "text"),
            (_("Who"), "text"),
            (_("How many"), "number"),
        ]
        rows = [
            [
                line.base_label,
                line.dimension_label,
                line.group_label,
                None if line.hidden else line.count,
            ]
            for line in self.breakdown_ids
        ]
        if rows:
            book.sheet(_("Breakdowns"), self._book_title(), columns, rows)

    def _book_years(self, book):
        _ = self.env._
        years, rows, _pictures = self._print_years()
        if not rows:
            return
        found = {
            (line.code, line.review_id.year): line.value
            for line in self._years_side_by_side().figure_ids.filtered("code")
        }
        series = dict(
            self.figure_ids._fields["series"]._description_selection(self.env)
        )
        book.sheet(
            _("Years"),
            self._book_title(),
            [
                (_("What is counted"), "text"),
                (_("Figure"), "text"),
                *((str(year), "figure") for year in years),
            ],
            [
                [
                    series.get(row["figure"].series, ""),
                    row["figure"].name,
                    *(found.get((row["figure"].code, year)) for year in years),
                ]
                for row in rows
            ],
        )

    def _book_evaluations(self, book):
        _ = self.env._
        lines = self.evaluation_year_id.line_ids
        if lines:
            book.sheet(
                _("Evaluations"),
                self._book_title(),
                [
                    (_("Indicator"), "text"),
                    (_("Projects"), "text"),
                    (_("How many"), "number"),
                    (_("At the start"), "text"),
                    (_("By now"), "text"),
                    (_("Change"), "text"),
                ],
                [
                    [
                        line.indicator_id.name,
                        line.group_label,
                        None if line.hidden else line.count,
                        line.start_label,
                        line.last_label,
                        line.change_label,
                    ]
                    for line in lines
                ],
            )

    def _book_answers(self, book):
        _ = self.env._
        rows = [
            [asked["name"], row["college"], row["count"] or None, row["answers"]]
            for asked in self._answers()
            for row in asked["rows"]
        ]
        if rows:
            columns = [
                (_("Indicator"), "text"),
                (_("College"), "text"),
                (_("Answers"), "number"),
                (_("What members answered"), "text"),
            ]
            book.sheet(_("Answers"), self._book_title(), columns, rows)

    def _book_colleges(self, book):
        _ = self.env._
        columns = [
            (_("College"), "text"),
            (_("Invited"), "number"),
            (_("Came"), "number"),
            (_("What the college says"), "text"),
            (_("Signature"), "text"),
        ]
        rows = [
            [
                line.college_id.name,
                line.invited_count,
                line.present_count,
                line.contribution or "",
                line._print_signature(),
            ]
            for line in self.college_line_ids
        ]
        book.sheet(_("Colleges"), self._book_title(), columns, rows)

    def _book_points(self, book):
        _ = self.env._
        follow_up = self.point_ids._fields["follow_up"]
        becomes = dict(follow_up._description_selection(self.env))
        rows = [
            [title, point.college_id.name or "", point.text, self._becomes(point, becomes)]
            for title, points in self._print_points()
            for point in points
        ]
        if rows:
            columns = [
                (_("Kind"), "text"),
                (_("Said by"), "text"),
                (_("In words"), "text"),
                (_("What becomes of it"), "text"),
            ]
            book.sheet(
                _("Findings and proposals"), self._book_title(), columns, rows
            )

    def _becomes(self, point, becomes):
        return becomes[point.follow_up] if point.kind == "proposal" else ""

    def _book_definitions(self, book):
        _ = self.env._
        columns = [(_("Figure"), "text"), (_("Definition"), "text")]
        rows = [
            [line.name, line.definition]
            for line in self.figure_ids
            if line.definition
        ]
        book.sheet(
            _("Definitions"), self._print_counted() or self._book_title(), columns, rows
        )
