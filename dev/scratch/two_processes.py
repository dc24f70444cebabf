"""Real processes see what is committed, and a killed one leaves nothing behind."""

from harness import Server, Worker, check, finish, scratch_database

with scratch_database() as db:
    with Worker(db) as one, Worker(db) as two:
        one.run("p = env['res.partner'].create({'name': 'Amina'})")
        look = "result = env['res.partner'].search_count([('name', '=', 'Amina')])"
        check("what is not committed is not seen elsewhere", two.run(look) == 0)
        one.kill()
        two.run("env.cr.commit()")
        check("a killed process leaves nothing half-written", two.run(look) == 0)
        two.run("env['res.partner'].create({'name': 'Amina'}); env.cr.commit()")
    with Server(db) as server:
        client = server.login()
        found = client.call("res.partner", "search_count", [("name", "=", "Amina")])
        check("what is committed is served over RPC", found == 1, found)
finish()
