"""The two years that the founding texts tell, person by person, project by project.

    dev/hub shell
    >>> exec(open("dev/founding_years.py").read()); FoundingYears(env).fill()
    >>> env.cr.commit()

2003: 267 persons received, 137 projects accompanied of which 65 succeeded, with 29
activities and 35 jobs. 2010: 404 persons received, 375 accompanied: 75 created an
activity, 95 have a job, 15 a training, 102 go on, 88 have another or no outcome.

What would fool a careless count is there as well: projects with several holders and
holders with several projects, receptions without a name, organisations, structures of
the DLA, projects put away, paths closed and opened again, two outcomes on one project,
outcomes of people who were only received, interviews planned and never held.
"""

from datetime import date, timedelta

LEFT = ("stopped", "lost_contact", "reorientation", "other", None)


class FoundingYears:
    def __init__(self, env, hub=None):
        self.hub = hub or env.company
        self.env = env(
            context=dict(
                env.context, tracking_disable=True, allowed_company_ids=self.hub.ids
            )
        )
        self.number = 0

    def fill(self):
        self.staff = self._people(1, "Référent")
        self._year_2003()
        self._year_2010()
        self._noise(2003)
        self._noise(2010)
        self.env.flush_all()

    def _year_2003(self):
        """137 projects: 100 received in the year, 37 the year before."""
        alone = self._projects(90, 2003) + self._projects(25, 2002)
        together = self._projects(10, 2003, holders=3) + self._projects(
            12, 2002, holders=3
        )
        leads = alone | together
        self._interviews(leads, 2003)
        self._led(leads[:27], 2003, "activity_created")
        self._led(leads[27], 2003, "activity_created", quantity=2)
        # 4 of those that created an activity also led to a job
        self._led(leads[24:57], 2003, "job", jobs_fte=1, job_kind="own")
        self._led(leads[57], 2003, "job", quantity=2, jobs_fte=1.5, job_kind="salaried")
        self._led(leads[58:65], 2003, "training")
        self._paths(leads[:65], 2003, closed=True)
        self._paths(leads[65:120], 2003)
        self._paths(leads[120:], 2003, closed=True, reopened=True)
        self._projects(127, 2003)  # received only
        self._projects(20, 2003, holders=0)  # without a name

    def _year_2010(self):
        """375 persons: 60 in 20 collective projects, 315 alone; ten carry two."""
        together = self._projects(20, 2010, holders=3)
        alone = self._projects(240, 2010) + self._projects(75, 2009)
        leads = together | alone
        self._interviews(leads, 2010)
        self._led(leads[:35], 2010, "activity_created")  # 60 + 15 persons
        self._led(leads[35:130], 2010, "job", jobs_fte=1, job_kind="own")
        self._led(leads[130:145], 2010, "training")
        self._paths(leads[:145], 2010, closed=True)
        going_on, left = leads[145:247], leads[247:]  # 102 and 88 persons
        self._paths(going_on[:60], 2010)
        self._paths(going_on[60:], 2010, closed=True, reopened=True)
        self._paths(left, 2010, closed=True)
        for number, lead in enumerate(left):
            if kind := LEFT[number % len(LEFT)]:
                self._led(lead, 2010, kind)
        self._second_projects(leads[35:45])
        self._projects(90, 2010)
        self._projects(14, 2010, holders=0)

    def _second_projects(self, leads):
        """Those with a job have another project, given up in the same year."""
        for lead in leads:
            other = self._projects(1, 2010, people=lead.hub_holder_ids.partner_id)
            self._interviews(other, 2010)
            self._led(other, 2010, "stopped")
            self._paths(other, 2010, closed=True)

    def _noise(self, year):
        """What is not to be counted among persons and projects of the year."""
        body = {"is_company": True}
        dla = self._projects(6, year, hub_entry="dla", person=body)
        self._interviews(dla, year)
        self._led(dla, year, "job", quantity=5, jobs_fte=5, job_kind="maintained")
        self._projects(3, year, person=body)
        before = self._projects(8, year - 2)  # their outcome is noted later
        self._led(before, year, "activity_created")
        planned = self._projects(5, year - 1)
        self._interviews(planned, year, state="planned")
        followed = self._projects(5, year - 1)
        self._interviews(followed, year - 1)
        self._paths(followed, year - 1, closed=True)

    # One by one

    def _people(self, count, name="Personne", **vals):
        self.number += count
        genders = ("female", "male", False)
        return self.env["res.partner"].create(
            [
                {
                    "name": f"{name} {self.number - count + n}",
                    "hub_gender": genders[n % 3],
                    "hub_birth_year": 1950 + n % 45,
                    **vals,
                }
                for n in range(count)
            ]
        )

    def _day(self, year, number):
        return date(year, 1, 1) + timedelta(days=number * 7 % 330)

    def _projects(self, count, year, holders=1, people=None, person=None, **vals):
        people = people or self._people(count * holders, **(person or {}))
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Projet {year}-{n}",
                    "is_hub_project": True,
                    "company_id": self.hub.id,
                    "user_id": False,
                    "hub_kind": "collective" if holders > 1 else "individual",
                    "hub_reception_date": self._day(year, n),
                    "hub_holder_ids": [
                        (0, 0, {"partner_id": one.id})
                        for one in people[n * holders : (n + 1) * holders]
                    ],
                    **vals,
                }
                for n in range(count)
            ]
        )
        leads.filtered(lambda lead: lead.id % 5 == 0).action_archive()
        return leads

    def _interviews(self, leads, year, state="done"):
        self.env["hub.interview"].create(
            [
                {
                    "lead_id": lead.id,
                    "kind": "follow_up",
                    "state": state,
                    "date_start": f"{year}-12-15 10:00:00",
                    "presence_ids": [
                        (0, 0, {"partner_id": self.staff.id, "quality": "staff"})
                    ],
                }
                for lead in leads
            ]
        )

    def _led(self, leads, year, kind, **vals):
        self.env["hub.outcome"].create(
            [
                {"lead_id": lead.id, "kind": kind, "date": f"{year}-12-20", **vals}
                for lead in leads
            ]
        )

    def _paths(self, leads, year, closed=False, reopened=False):
        """The path as it was; whoever comes back opens it anew before the year ends."""
        leads.hub_path_ids.unlink()
        steps = [("accompaniment", f"{year}-12-01")]
        steps += [("closed", f"{year}-12-21")] if closed else []
        if reopened:
            steps += [("accompaniment", f"{year}-12-28")]
        self.env["hub.path.step"].create(
            [
                {"lead_id": lead.id, "phase": phase, "date_start": day}
                for lead in leads
                for phase, day in (("reception", lead.hub_reception_date), *steps)
            ]
        )
