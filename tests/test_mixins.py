from odoo.tests import tagged

from .common import HubCommon


@tagged("post_install", "-at_install")
class TestHubSetup(HubCommon):
    def test_setup_again_changes_nothing(self):
        self.company._hub_setup()
        self.assertTrue(self.company.hub_active)

    def test_new_hub_shows_no_optional_part(self):
        for group in self.env["res.groups"].search([]):
            xmlid = group.get_external_id()[group.id]
            if xmlid.startswith("solidarity_hub.group_hub_feature_"):
                self.assertFalse(self.users["coordinator"].has_group(xmlid), xmlid)

    def test_settings_switch_a_part_on_for_all_people_of_the_hub(self):
        settings = self.env["res.config.settings"].create(
            {"group_hub_feature_lending": True}
        )
        settings.execute()
        feature = "solidarity_hub.group_hub_feature_lending"
        for role in ("adviser", "board", "finance", "volunteer"):
            self.assertTrue(self.users[role].has_group(feature), role)
        self.assertFalse(self.users["sales"].has_group(feature))


@tagged("post_install", "-at_install")
class TestFingerprint(HubCommon):
    def test_canonical_json_does_not_depend_on_the_order_of_keys(self):
        frozen = self.env["hub.frozen.mixin"]
        self.assertEqual(
            frozen._canonical_json({"b": 1, "a": ["é"]}),
            frozen._canonical_json({"a": ["é"], "b": 1}),
        )
        self.assertEqual(frozen._canonical_json({"b": 1, "a": "é"}), '{"a":"é","b":1}')

    def test_fingerprint_is_sha256(self):
        self.assertEqual(
            self.env["hub.frozen.mixin"]._fingerprint(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        )
