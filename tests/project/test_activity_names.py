from odoo.tests import tagged

from ..common import HubCommon


@tagged("post_install", "-at_install")
class TestActivityNames(HubCommon):
    """Each reader sees the kinds of activity in his or her own language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.services, cls.repair = (
            cls.env["hub.activity"]
            .with_context(lang="en_US")
            .create([{"name": "Upkeep"}, {"name": "Mending"}])
        )
        cls.repair.parent_id = cls.services
        cls.services.with_context(lang="fr_FR").name = "Entretien"
        cls.repair.with_context(lang="fr_FR").name = "Raccommodage"

    def test_the_full_name_follows_the_language_of_the_reader(self):
        self.assertEqual(self.repair.complete_name, "Upkeep / Mending")
        french = self.repair.with_context(lang="fr_FR")
        self.assertEqual(french.complete_name, "Entretien / Raccommodage")
        self.assertEqual(french.display_name, "Entretien / Raccommodage")

    def test_an_activity_is_found_by_its_full_name_in_either_language(self):
        activities = self.env["hub.activity"]
        for lang, name in (
            ("en_US", "Upkeep / Mending"),
            ("fr_FR", "Entretien / Raccommodage"),
        ):
            found = activities.with_context(lang=lang).name_search(name, operator="=")
            self.assertEqual([row[0] for row in found], self.repair.ids, lang)
            found = activities.with_context(lang=lang).name_search(name[:12])
            self.assertIn(self.repair.id, [row[0] for row in found], lang)
