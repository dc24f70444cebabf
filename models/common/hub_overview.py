from odoo import api, models
from odoo.tools.safe_eval import safe_eval

# Figures from this sequence on tell where the hub stands; those before it wait.
STANDING = 80


class HubOverview(models.AbstractModel):
    """First page of the app: what waits for me, and the first steps of a new hub.

    Areas extend :meth:`_get_figures`, :meth:`_get_pillars`, :meth:`_get_trends`,
    :meth:`_get_milestones` and :meth:`_get_first_steps`, each with what it knows;
    nothing is stored.
    """

    _name = "hub.overview"
    _description = "Overview"

    @api.model
    def get_overview(self):
        """What the first page shows to the current user.

        :return: ``hub``: name of the hub; ``shortcuts``: what is done most often;
            ``figures``: numbers with the list that stands behind each; ``pillars``: the
            four pillars with their targets; ``trends``: curves and bars;
            ``milestones``: the hub's own life; ``steps``: first steps with whether each
            is done (empty for people who do not run the hub)
        """
        user = self.env.user
        runs_the_hub = user.has_group("solidarity_hub.group_hub_adviser")
        sees_the_whole = runs_the_hub or user.has_group(
            "solidarity_hub.group_hub_board"
        )
        return {
            "hub": self.env.company.name,
            "active": self.env.company.hub_active,
            "shortcuts": self._get_shortcuts(),
            "figures": sorted(
                self._get_figures(), key=lambda figure: figure["sequence"]
            ),
            "pillars": self._get_pillars() if sees_the_whole else [],
            "trends": self._get_trends() if sees_the_whole else [],
            "milestones": self._get_milestones() if sees_the_whole else {},
            "steps": self._get_first_steps() if runs_the_hub else [],
        }

    @api.model
    def _get_shortcuts(self):
        """Buttons on top of the page, as dicts: ``key``, ``label``, ``action``."""
        return []

    @api.model
    def _get_figures(self):
        """Numbers as dicts: ``key``, ``label``, ``value``, ``action``, ``urgent``,
        ``waits`` (something is to be done about it), ``sequence``; ``network`` where
        it counts all hubs of the user."""
        return []

    @api.model
    def _get_pillars(self):
        """The pillars a hub stands on, as dicts: ``key``, ``label``, ``value``,
        ``target`` (0: none), ``note`` (what is missing, in words), ``action``."""
        return []

    @api.model
    def _get_trends(self):
        """How things move, as dicts: ``key``, ``label``, ``kind`` (``line`` or
        ``bar``), ``labels``, ``series`` (``label`` and ``values``), ``action``.

        Sums over the whole hub: they name nobody.
        """
        return []

    @api.model
    def _get_milestones(self):
        """The hub's own life: ``dates`` (``date``, ``name``, ``past``), ``action``."""
        return {}

    @api.model
    def _get_first_steps(self):
        """First steps as dicts: ``key``, ``label``, ``help``, ``done``, ``action``."""
        company = self.env.company
        mail_ready = self.env["ir.mail_server"].sudo().search_count([], limit=1)
        return [
            self._prepare_step(
                "letterhead",
                self.env._("Your letterhead"),
                self.env._("Name, address and logo, as printed on every document."),
                company.street and company.city and company.logo,
                company.has_access("write") and company._get_letterhead_action(),
            ),
            self._prepare_step(
                "mail",
                self.env._("Outgoing mail"),
                self.env._(
                    "To send proposals and invitations. Without it, links can be copied"
                    " and answers noted by hand."
                ),
                mail_ready,
                "base.action_ir_mail_server_list",
            ),
        ]

    @api.model
    def _prepare_figure(self, key, label, value, action, sequence, urgent=False):
        return {
            "key": key,
            "label": label,
            "value": value,
            "action": self._get_action(action, "read"),
            "sequence": sequence,
            "urgent": bool(urgent and value),
            "waits": bool(urgent or sequence < STANDING),
        }

    @api.model
    def _prepare_list_figure(
        self, key, label, action, domain, sequence, urgent=False, value=None
    ):
        """A figure that counts exactly the list it opens, as the user may see it.

        :param action: reference of the action whose screens show the list
        :param value: the number, where it is known already
        :return: the figure in a list, or nothing for whoever may not read the records
        """
        action = self._get_action(action, "read")
        if not action:
            return []
        context = safe_eval(action["context"] or "{}", {"uid": self.env.uid})
        context = {
            name: value
            for name, value in context.items()
            if not name.startswith("search_default_")
        }
        records = self.env[action["res_model"]].with_context(**context)
        action.update(
            name=label,
            display_name=label,
            domain=list(domain),
            context=context,
            # The address of the whole list would forget the domain.
            path=False,
        )
        if value is None:
            value = records.search_count(domain)
        return [self._prepare_figure(key, label, value, action, sequence, urgent)]

    @api.model
    def _prepare_step(self, key, label, help_text, done, action):
        return {
            "key": key,
            "label": label,
            "help": help_text,
            "done": bool(done),
            "action": self._get_action(action, "create"),
        }

    @api.model
    def _get_action(self, action, operation):
        """An action by its reference, or ``False`` when the user may not do there
        what it is for; actions prepared by the caller pass as they are."""
        if not isinstance(action, str):
            return action
        record = self.env.ref(action, raise_if_not_found=False)
        if not record:
            return False
        model = getattr(record.sudo(), "res_model", False)
        if model and not self.env[model].has_access(operation):
            return False
        return self.env["ir.actions.actions"]._for_xml_id(action)
