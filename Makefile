# Thin over dev/hub, which works where make is missing.
COMMANDS = run reset test quick scratch lint format french i18n bench wheel shell psql setup stop clean

help:
	@dev/hub help

$(COMMANDS):
	@dev/hub $@ $(ARGS)

.PHONY: help $(COMMANDS)
