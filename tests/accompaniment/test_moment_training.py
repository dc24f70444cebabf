from odoo.tests import Form, tagged

from ..pairing.test_skill_coverage import CoverageCommon


@tagged("post_install", "-at_install")
class TestMomentTraining(CoverageCommon):
    """From what the network lacks to the people expected at the training."""

    def test_those_who_could_learn_the_missing_skill_are_put_on_the_list(self):
        self.bernard.hub_skill_ids.unlink()
        row = self.row(self.accounting)
        could_learn = row.trainee_ids
        self.assertTrue(could_learn)
        coordinator = self.users["coordinator"]
        context = row.with_user(coordinator).action_prepare_training()["context"]
        events = self.env["event.event"].with_user(coordinator)
        training = Form(events.with_context(**context)).save()
        self.assertEqual(training.hub_skill_ids, self.accounting)
        invite = self.env["hub.moment.invite"].with_user(coordinator)
        context = {"active_model": "event.event", "active_ids": training.ids}
        form = Form(invite.with_context(**context))
        self.assertEqual(form.who, "trainees")
        form.save().action_invite()
        self.assertEqual(training.registration_ids.partner_id, could_learn)

    def test_at_another_moment_nobody_is_to_be_trained(self):
        self.bernard.hub_skill_ids.unlink()
        event = self.env["event.event"].create(
            {
                "name": "Breakfast",
                "hub_format": "breakfast",
                "date_begin": "2030-01-07",
                "date_end": "2030-01-07",
            }
        )
        form = Form(self.env["hub.moment.invite"])
        form.event_ids = event
        form.who = "trainees"
        self.assertFalse(form.save().partner_ids)
