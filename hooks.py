def post_init_hook(env):
    """The first company is a hub at once: nothing to configure before a reception."""
    env.ref("base.main_company")._hub_setup()


def uninstall_hook(env):
    """People's projects leave the screens; what belongs to sales stays as it is."""
    env["res.company"]._hub_uninstall()
