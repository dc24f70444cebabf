from contextlib import contextmanager

from odoo.fields import Command
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..accompaniment.moments import a_moment
from ..pact.common import PactFactory
from ..pairing.common import PairingMixin
from ..rpc import RpcCase
from .evaluation import fill_evaluations
from .loans import fill_loan_life

# Everything a hub has; a refused request must leave each count as it was.
COUNTED = (
    "crm.lead",
    "res.partner",
    "hub.project.holder",
    "hub.project.skill",
    "hub.path.step",
    "hub.pairing",
    "hub.role",
    "hub.partner.skill",
    "hub.pact",
    "hub.pact.party",
    "hub.pact.goal",
    "hub.pact.file",
    "ir.attachment",
    "mail.message",
)

# Figures read from the records: no rows of their own.
REPORTS = (
    "hub.charter.person",
    "hub.survival",
    "hub.survival.activity",
    "hub.skill.coverage",
    "hub.skill.balance",
    "hub.person.load",
    "hub.project.moment",
    "hub.loan.control",
    "hub.fund.forecast",
    "hub.knowledge.match",
    "hub.attendance.report",
    "hub.evaluation.report",
    "hub.project.report",
    "hub.person.report",
    "hub.network.report",
)


class AttackCase(PairingMixin, PactFactory, RpcCase):
    """Requests that somebody with rights could send, and that must change nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pairing()
        cls.holder, cls.volunteer_b = cls.amina, cls.bernard
        cls._set_up_pacts()
        cls.me = cls.users["volunteer"].partner_id
        cls.env["hub.role"].create(
            {
                "partner_id": cls.me.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "trained_on": "2020-01-01",
            }
        )

    @classmethod
    def _counts(cls):
        return {
            model: cls.env[model]
            .with_context(active_test=False)
            .search_count([("id", "!=", False)])
            for model in COUNTED
        }

    @contextmanager
    def assert_nothing_written(self, *records):
        """No row comes or goes, and these records keep their stored values."""
        before = self._counts(), [self._stored(record) for record in records]
        yield
        self.env.invalidate_all()
        after = self._counts(), [self._stored(record) for record in records]
        self.assertEqual(after, before)

    @staticmethod
    def _stored(record):
        names = [
            name
            for name, field in record._fields.items()
            if field.store and field.type not in ("binary", "one2many")
        ]
        return record.sudo().with_context(active_test=False).read(names)

    def assert_rule(self, role, model, method, *args, **kwargs):
        """The call is refused by a rule that says which one; the sentence."""
        with mute_logger("odoo.http", "odoo.sql_db"):
            try:
                self.call(role, model, method, *args, **kwargs)
            except JsonRpcException as error:
                self.assertIn(
                    str(error),
                    {
                        "odoo.exceptions.UserError",
                        "odoo.exceptions.ValidationError",
                        "odoo.exceptions.AccessError",
                    },
                    f"{role} {model}.{method}{args}",
                )
                return
        self.fail(f"{role} {model}.{method}{args} should be refused")

    @classmethod
    def _other_hub(cls, name="Second hub"):
        company = cls.env["res.company"].create({"name": name})
        company._hub_setup()
        return company

    def _move(self, role, companies):
        self.users[role].write(
            {
                "company_ids": [Command.set(companies.ids)],
                "company_id": companies[:1].id,
            }
        )


class FullHubMixin:
    """One hub with a record of every kind, for whoever must not see it."""

    @classmethod
    def _fill_hub(cls, company, volunteer, word="Secretword"):
        """Records of every model of the hub, ``{model: records}``."""
        env = cls.env(context=dict(cls.env.context, allowed_company_ids=company.ids))
        env = env["res.company"].browse(company.id).with_company(company).env
        holder, town = env["res.partner"].create(
            [
                {"name": f"{word} holder", "email": f"{word}@example.org"},
                {"name": f"{word} town", "is_company": True},
            ]
        )
        skill = env["hub.skill"].search([], limit=1)
        need = env["hub.need"].create({"name": f"{word} need"})
        programme = env["hub.programme"].create({"name": f"{word} programme"})
        lead = env["crm.lead"].create(
            {
                "name": f"{word} project",
                "is_hub_project": True,
                "company_id": company.id,
                "partner_id": holder.id,
                "user_id": False,
                "description": f"<p>{word} request</p>",
                "hub_summary": f"{word} summary",
                "hub_need_id": need.id,
                "hub_programme_ids": [Command.set(programme.ids)],
                "hub_skill_ids": [Command.create({"skill_id": skill.id})],
                "hub_action_ids": [Command.create({"name": f"{word} step"})],
                "hub_criterion_ids": [
                    Command.create({"axis": "meaning", "comment": word})
                ],
                "hub_opinion_ids": [
                    Command.create({"partner_id": town.id, "comment": word})
                ],
                "hub_outcome_ids": [
                    Command.create({"kind": "training"}),
                    Command.create({"kind": "activity_created"}),
                ],
            }
        )
        roles = env["hub.role"].create(
            [
                {
                    "partner_id": volunteer.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                    "trained_on": "2020-01-01",
                    "company_id": company.id,
                },
                {
                    "partner_id": town.id,
                    "kind": "institution",
                    "institution_kind": "local_authority",
                    "company_id": company.id,
                },
            ]
        )
        charter = env["hub.charter"].create({"body": f"<p>{word}</p>"})
        charter.action_publish()
        signature = env["hub.charter.signature"]._sign(charter, volunteer, "paper")
        lead.hub_phase = "accompaniment"
        pairing = env["hub.pairing"].create(
            {"lead_id": lead.id, "volunteer_id": volunteer.id}
        )
        run = env["hub.pairing.run"].create({"is_cohort": True})
        line = env["hub.pairing.run.line"].create(
            {"run_id": run.id, "lead_id": lead.id, "first_id": volunteer.id}
        )
        person = env["hub.pairing.run.person"].create(
            {"run_id": run.id, "partner_id": volunteer.id}
        )
        other = env["hub.pairing.run.alternative"].create(
            {"line_id": line.id, "first_id": volunteer.id}
        )
        pairing.action_activate(channel="phone")
        diagnosis = env["hub.diagnosis"].create(
            {
                "name": f"{word} diagnosis",
                "lead_id": lead.id,
                "line_ids": [Command.create({"name": f"{word} line"})],
            }
        )
        interview = env["hub.interview"].create(
            {
                "lead_id": lead.id,
                "place": word,
                "presence_ids": [
                    Command.create({"partner_id": volunteer.id}),
                    Command.create({"partner_id": holder.id, "quality": "holder"}),
                ],
            }
        )
        note = env["hub.interview.note"].create(
            {
                "interview_id": interview.id,
                "author_id": volunteer.id,
                "body": word,
                "shared_ids": [Command.create({"body": word})],
            }
        )
        handover = env["hub.interview.handover"].create(
            {"lead_id": lead.id, "partner_id": town.id}
        )
        log = env["hub.access.log"].create(
            {
                "note_id": note.id,
                "interview_id": interview.id,
                "lead_id": lead.id,
                "user_id": env.uid,
                "partner_id": volunteer.id,
                "until": "2020-01-01",
                "reason": word,
            }
        )
        pact = env["hub.pact"].create(
            {
                "name": f"{word} pact",
                "form": "local_pact",
                "lang": "en_US",
                "lead_ids": [Command.set(lead.ids)],
                "goal_ids": [Command.create({"name": f"{word} goal"})],
                "commitment_ids": [
                    Command.create({"name": f"{word} deed", "category": "volunteer"})
                ],
                "term_ids": [
                    Command.create(
                        {
                            "indicator_id": env.ref(
                                "solidarity_hub.hub_indicator_autonomy"
                            ).id
                        }
                    )
                ],
                "meeting_ids": [Command.create({"place": word})],
                "party_ids": [
                    Command.create({"partner_id": person.id, "category": kind})
                    for person, kind in (
                        (holder, "concerned"),
                        (volunteer, "volunteer"),
                        (town, "institution"),
                    )
                ],
            }
        )
        file = env["hub.pact.file"].create(
            {
                "pact_id": pact.id,
                "kind": "text",
                "name": f"{word}.pdf",
                "file_hash": pact._fingerprint(word.encode()),
                "attachment_id": env["ir.attachment"]
                .create(
                    {
                        "name": f"{word}.pdf",
                        "raw": word.encode(),
                        "res_model": "hub.pact",
                        "res_id": pact.id,
                        "res_field": "frozen_pdf_id",
                    }
                )
                .id,
            }
        )
        fund = cls._fill_funds(env, town, lead, word)
        loan = cls._fill_loans(env, holder, town, lead, word)
        found = {
            record._name: record
            for record in (need, programme, lead, roles, charter, signature, pairing)
        }
        found |= {record._name: record for record in (run, line, person, other)}
        found |= {record._name: record for record in (diagnosis, pact, interview)}
        found["hub.pact.file"] = file
        found |= fill_evaluations(env, word, lead, holder, volunteer)
        found |= fill_loan_life(env, loan, town, word)
        found["hub.interview.presence"] = interview.presence_ids
        found["hub.interview.shared"] = note.shared_ids
        found |= {record._name: record for record in (note, handover, log)}
        found |= {
            record._name: record
            for record in (
                loan,
                loan.product_id,
                loan.basis_id,
                loan.basis_id.rule_ids,
                loan.schedule_ids,
                loan.instalment_ids,
                loan.tranche_ids,
                loan.decision_ids,
                loan.decision_ids.member_ids,
                loan.condition_ids,
                loan.share_ids,
                fund,
                fund.contribution_ids,
                fund.contribution_ids.line_ids,
                fund.contribution_ids.cooperation_ids,
                fund.line_ids,
                loan.agreement_ids,
                loan.agreement_ids.signature_ids,
            )
        }
        for parent, names in (
            (lead, ("holder", "skill", "action", "criterion", "opinion", "outcome")),
            (lead, ("path", "follow_up")),
            (pact, ("goal", "commitment", "term", "meeting", "party")),
            (diagnosis, ("line",)),
        ):
            for name in names:
                prefix = "hub_" if parent == lead else ""
                lines = parent[f"{prefix}{name}_ids"]
                found[lines._name] = lines
        for model, vals in (
            ("hub.situation", {"holder_id": lead.hub_holder_ids.id}),
            ("hub.partner.skill", {"partner_id": volunteer.id, "skill_id": skill.id}),
            (
                "hub.conflict",
                {"partner_id": volunteer.id, "other_partner_id": town.id},
            ),
            ("hub.milestone", {"name": f"{word} milestone"}),
            (
                "hub.volunteer.hours",
                {"partner_id": volunteer.id, "name": word, "lead_id": lead.id},
            ),
        ):
            found[model] = env[model].create(vals)
        found |= cls._fill_time_and_knowledge(env, volunteer, holder, word)
        found |= a_moment(env, company, holder + volunteer, word)
        own = [("company_id", "=", company.id)]
        rates = env["hub.hours.rate"]
        found["hub.hours.rate"] = rates.search(own) or rates.create({"rate": 12})
        found |= cls._fill_programme(env, programme, holder, word)
        for model in ("hub.college", *REPORTS):
            found[model] = env[model].search(own)
        return found

    @classmethod
    def _fill_programme(cls, env, programme, holder, word):
        """A target and a computed report; a name to review."""
        programme.indicator_ids = env["hub.programme.indicator"].search([], limit=2)
        period = {"date_from": "2020-01-01", "date_to": "2099-12-31"}
        target = env["hub.programme.target"].create(
            {"programme_id": programme.id, "number": 3, **period}
        )
        report = env["hub.programme.report"].create(
            {
                "programme_id": programme.id,
                "name": f"{word} report",
                "due_on": "2099-12-31",
                **period,
            }
        )
        report.action_compute()
        row = env["hub.anonymisation"].sudo().create({"partner_id": holder.id})
        records = (target, report, report.line_ids, row.sudo(False))
        return {record._name: record for record in records}

    @classmethod
    def _fill_funds(cls, env, town, lead, word):
        """A fund with money that was there before the accounts began."""
        fund = env["hub.fund"].create({"name": f"{word} fund", "note": word})
        env["hub.contribution"].create(
            {
                "partner_id": town.id,
                "instrument": "gift",
                "fund_id": fund.id,
                "amount": 5000,
                "granted_on": "2020-01-01",
                "purpose": word,
                "line_ids": [
                    Command.create(
                        {
                            "kind": "opening",
                            "principal": 5000,
                            "date": "2020-01-02",
                            "note": word,
                        }
                    )
                ],
                "cooperation_ids": [
                    Command.create({"name": word, "lead_id": lead.id, "hours": 2})
                ],
            }
        )
        return fund

    @classmethod
    def _fill_loans(cls, env, holder, town, lead, word):
        """A loan that is signed, in a hub that may have no accounts yet."""
        product = env["hub.loan.product"].create({"name": f"{word} product"})
        loan = env["hub.loan"].create(
            {
                "partner_id": holder.id,
                "lead_id": lead.id,
                "product_id": product.id,
                "amount": 1000,
                "periods": 10,
                "purpose": word,
                "instruction": word,
            }
        )
        loan.action_submit()
        env["hub.loan.decision"].create(
            {
                "loan_id": loan.id,
                "result": "conditions",
                "committee": word,
                "motive": word,
                "member_ids": [Command.create({"partner_id": town.id})],
                "condition_ids": [Command.create({"name": word})],
            }
        ).action_record()
        loan.action_open_agreement()
        loan._prepare_tranches()
        loan._unguarded().state = "signed"
        return loan

    @classmethod
    def _fill_time_and_knowledge(cls, env, volunteer, holder, word):
        """A valued year with its entry; an exchange, and a meeting still possible."""
        years = env["hub.hours.valuation"]
        own = [("company_id", "=", env.company.id)]
        year = years.search(own, limit=1) or years.create({})
        entry = env["hub.hours.entry"].create(
            {
                "valuation_id": year.id,
                "number": len(year.entry_ids) + 1,
                "posted_on": "2020-01-01",
                "user_id": env.uid,
            }
        )
        knowledge = env["hub.knowledge"].create(
            [
                {"kind": kind, "partner_id": person.id, "name": f"{word} {what}"}
                for kind, person, what in (
                    ("offer", volunteer, "sewing"),
                    ("request", holder, "sewing"),
                    ("request", holder, "bread"),
                )
            ]
        )
        exchange = env["hub.exchange"].create(
            {
                "name": f"{word} exchange",
                "mediator_id": volunteer.id,
                "participant_ids": [
                    Command.create(
                        {
                            "partner_id": line.partner_id.id,
                            "side": side,
                            "knowledge_id": line.id,
                        }
                    )
                    for line, side in zip(
                        knowledge[:2], ("giver", "learner"), strict=True
                    )
                ],
            }
        )
        records = (year, entry, knowledge, exchange, exchange.participant_ids)
        return {record._name: record for record in records}
