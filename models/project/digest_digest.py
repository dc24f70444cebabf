from odoo import models
from odoo.fields import Domain


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    def _calculate_company_based_kpi(
        self, model, digest_kpi_field, date_field="create_date", **kwargs
    ):
        """Figures of sales, without the projects of the hub."""
        if model == "crm.lead":
            kwargs["additional_domain"] = Domain("is_hub_project", "=", False) & Domain(
                kwargs.get("additional_domain") or []
            )
        return super()._calculate_company_based_kpi(
            model, digest_kpi_field, date_field=date_field, **kwargs
        )
