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
        series = dict(
            self.figure_ids._fields["series"]._description_selection(self.env)
        )
        columns = [
            (self.env._("Part"), "text"),
            (self.env._("What is counted"), "text"),
            (self.env._("Figure"), "text"),
            (self.env._("Published"), "figure"),
            (self.env._("Counted"), "figure"),
            (self.env._("Why it is corrected"), "text"),
            (self.env._("Base: year"), "number"),
            (self.env._("Base: figure"), "figure"),
            (self.env._("Evolution (%)"), "figure"),
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
        book.sheet(self.env._("Figures"), self._book_title(), columns, rows)

    def _book_breakdowns(self, book):
        columns = [
            (self.env._("Of"), "text"),
            (self.env._("By"), "text"),
            (self.env._("Who"), "text"),
            (self.env._("How many"), "number"),
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
            book.sheet(self.env._("Breakdowns"), self._book_title(), columns, rows)

    def _book_years(self, book):
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
            self.env._("Years"),
            self._book_title(),
            [
                (self.env._("What is counted"), "text"),
                (self.env._("Figure"), "text"),
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
        lines = self.evaluation_year_id.line_ids
        if lines:
            book.sheet(
                self.env._("Evaluations"),
                self._book_title(),
                [
                    (self.env._("Indicator"), "text"),
                    (self.env._("Projects"), "text"),
                    (self.env._("How many"), "number"),
                    (self.env._("At the start"), "text"),
                    (self.env._("By now"), "text"),
                    (self.env._("Change"), "text"),
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
        rows = [
            [asked["name"], row["college"], row["count"] or None, row["answers"]]
            for asked in self._answers()
            for row in asked["rows"]
        ]
        if rows:
            columns = [
                (self.env._("Indicator"), "text"),
                (self.env._("College"), "text"),
                (self.env._("Answers"), "number"),
                (self.env._("What members answered"), "text"),
            ]
            book.sheet(self.env._("Answers"), self._book_title(), columns, rows)

    def _book_colleges(self, book):
        columns = [
            (self.env._("College"), "text"),
            (self.env._("Invited"), "number"),
            (self.env._("Came"), "number"),
            (self.env._("What the college says"), "text"),
            (self.env._("Signature"), "text"),
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
        book.sheet(self.env._("Colleges"), self._book_title(), columns, rows)

    def _book_points(self, book):
        rows = [
            [
                title,
                point.college_id.name or "",
                point.text,
                point._print_follow_up(),
            ]
            for title, points in self._print_points()
            for point in points
        ]
        if rows:
            columns = [
                (self.env._("Kind"), "text"),
                (self.env._("Said by"), "text"),
                (self.env._("In words"), "text"),
                (self.env._("What becomes of it"), "text"),
            ]
            book.sheet(
                self.env._("Findings and proposals"), self._book_title(), columns, rows
            )

    def _book_definitions(self, book):
        columns = [(self.env._("Figure"), "text"), (self.env._("Definition"), "text")]
        rows = [
            [line.name, line.definition] for line in self.figure_ids if line.definition
        ]
        book.sheet(
            self.env._("Definitions"),
            self._print_counted() or self._book_title(),
            columns,
            rows,
        )
