-- Projects of a hub in the years 2015 to 2025, without the ORM.
SET LOCAL synchronous_commit = off;
INSERT INTO res_partner (name, complete_name, active, type, is_company, company_id,
                         autopost_bills, hub_gender, hub_birth_year)
SELECT 'Person ' || n, 'Person ' || n, n %% 17 != 0, 'contact', n %% 40 = 0, NULL,
       'ask', (ARRAY['female', 'male', 'other', NULL])[1 + n %% 4], 1950 + n %% 55
  FROM generate_series(1, 90000) n;
CREATE TEMP TABLE who ON COMMIT DROP AS
SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner
 WHERE name LIKE 'Person %%';
CREATE UNIQUE INDEX ON who (n);
ANALYZE who;
INSERT INTO crm_lead (name, type, is_hub_project, active, company_id, team_id, stage_id,
                      hub_reception_date, hub_kind, hub_entry, hub_public, probability)
SELECT 'Project ' || n, 'opportunity', TRUE, n %% 9 != 0, %(hub)s, %(team)s, %(stage)s,
       DATE '2015-01-01' + (n * 7919 %% 4018), (ARRAY['individual', 'collective'])[1 + n %% 2],
       (ARRAY['creation', 'existing_activity', 'creation', 'dla'])[1 + n %% 4],
       (ARRAY['jobseekers', 'students', 'groups'])[1 + n %% 3], 0
  FROM generate_series(1, %(projects)s) n;
CREATE TEMP TABLE what ON COMMIT DROP AS
SELECT id, hub_reception_date AS received, row_number() OVER (ORDER BY id) AS n
  FROM crm_lead WHERE name LIKE 'Project %%';
CREATE UNIQUE INDEX ON what (n);
ANALYZE what;
INSERT INTO hub_project_holder (lead_id, company_id, partner_id, is_contact)
SELECT what.id, %(hub)s, who.id, TRUE
  FROM what JOIN who ON who.n = 1 + what.n * 31 %% 90000 WHERE what.n %% 50 != 0
 UNION ALL
SELECT what.id, %(hub)s, who.id, FALSE
  FROM what JOIN who ON who.n = 1 + what.n * 37 %% 90000 WHERE what.n %% 5 = 1;
INSERT INTO hub_path_step (lead_id, company_id, phase, date_start)
SELECT what.id, %(hub)s,
       (ARRAY['reception', 'accompaniment', 'closed'])[step],
       what.received + (step - 1) * (100 + n * 13 %% 300)::int
  FROM what, generate_series(1, 3) step;
INSERT INTO hub_outcome (lead_id, company_id, kind, date, quantity, jobs_fte, job_kind)
SELECT what.id, %(hub)s,
       (ARRAY['activity_created', 'job', 'training', 'stopped', 'lost_contact',
              'reorientation', 'other'])[1 + (n * 3 + outcome) %% 7],
       what.received + outcome * (90 + n * 11 %% 250)::int, (n + outcome) %% 3, 0.5,
       (ARRAY['own', 'salaried', 'maintained', NULL])[1 + n %% 4]
  FROM what, generate_series(1, 3) outcome;
INSERT INTO hub_interview (lead_id, company_id, author_id, date_start, duration, mode,
                           kind, state)
SELECT what.id, %(hub)s, who.id,
       what.received + interval '9 hours' + meeting * interval '1 day' * (20 + what.n %% 200),
       1, 'in_person',
       (ARRAY['reception', 'diagnosis', 'follow_up'])[1 + (what.n + meeting) %% 3],
       (ARRAY['done', 'done', 'planned', 'cancelled'])[1 + (what.n + meeting) %% 4]
  FROM what JOIN who ON who.n = 1 + what.n %% 90000, generate_series(1, 2) meeting;
INSERT INTO hub_pairing (lead_id, company_id, volunteer_id, role, slot, state, volunteer_answer,
                         holder_answer, date_start, date_end)
SELECT what.id, %(hub)s, who.id, 'pair', 1,
       CASE WHEN n2.n %% 3 = 0 THEN 'active' ELSE 'ended' END, 'yes', 'yes',
       what.received + 60,
       CASE WHEN n2.n %% 3 = 0 THEN NULL ELSE what.received + 60 + (n2.n * 17 %% 400)::int END
  FROM what JOIN who ON who.n = 1 + what.n * 3 %% 90000
  JOIN LATERAL (SELECT what.n) n2 ON TRUE WHERE what.n %% 2 = 0;
INSERT INTO hub_pact (name, company_id, lang, form, state, date_start, date_end,
                      in_force_from, closed_on, active)
SELECT 'Pact ' || n, %(hub)s, %(lang)s, 'accompaniment_contract', 'in_force',
       received + 70, received + 435, received + 75,
       CASE WHEN n %% 4 = 0 THEN received + 200 END, n %% 7 != 0
  FROM what WHERE n %% 3 = 0;
INSERT INTO hub_pact_crm_lead_rel (pact_id, lead_id)
SELECT pact.id, what.id FROM what JOIN hub_pact pact ON pact.name = 'Pact ' || what.n;
INSERT INTO event_event (name, company_id, hub_format, active, badge_format,
                         seats_limited, date_begin, date_end, date_tz, kanban_state)
SELECT '{"en_US": "Moment"}'::jsonb, %(hub)s,
       (ARRAY['breakfast', 'workshop', 'training', 'info_afternoon'])[1 + n %% 4], TRUE,
       'A6', FALSE, TIMESTAMP '2015-01-05 09:00' + n * interval '1 day',
       TIMESTAMP '2015-01-05 11:00' + n * interval '1 day', 'Europe/Paris',
       CASE WHEN n %% 30 = 0 THEN 'cancel' ELSE 'normal' END
  FROM generate_series(1, 4000) n;
CREATE TEMP TABLE moment ON COMMIT DROP AS
SELECT id, hub_format, row_number() OVER (ORDER BY id) AS n FROM event_event
 WHERE badge_format = 'A6';
CREATE UNIQUE INDEX ON moment (n);
ANALYZE moment;
INSERT INTO event_registration (event_id, company_id, partner_id, hub_lead_id, active,
                                state, hub_attendance, hub_format, hub_answer)
SELECT moment.id, %(hub)s, who.id,
       CASE WHEN seat %% 5 = 0 THEN (SELECT what.id FROM what WHERE what.n = seat * 97) END,
       TRUE, 'done', (ARRAY['present', 'present', 'absent'])[1 + (moment.n + seat) %% 3],
       moment.hub_format, 'yes'
  FROM moment, generate_series(1, 25) seat, who
 WHERE who.n = 1 + (moment.n / 40 * 211 + seat * 577) %% 90000;
-- Where the projects stand today.
UPDATE crm_lead SET stage_id = %(closed)s
  FROM what, hub_path_step step
 WHERE crm_lead.id = what.id AND step.lead_id = what.id AND step.phase = 'closed'
   AND step.date_start < DATE '2025-12-01';
INSERT INTO hub_role (partner_id, company_id, kind, date_start, date_end, capacity,
                      trained_on)
SELECT who.id, %(hub)s, CASE WHEN who.n %% 45 = 0 THEN 'volunteer' ELSE 'holder' END,
       DATE '2015-01-01' + (who.n * 31 %% 3900)::int,
       CASE WHEN who.n %% 5 != 0 THEN DATE '2015-01-01' + (who.n * 31 %% 3900 + 400)::int END,
       5, CASE WHEN who.n %% 90 = 0 THEN DATE '2015-06-01' END
  FROM who WHERE who.n %% 3 = 0;
INSERT INTO hub_volunteer_hours (partner_id, company_id, function, source, date, hours,
                                 state, active, role_kind)
SELECT who.id, %(hub)s, 'accompaniment', 'own', DATE '2015-01-01' + (hour.n * 31 %% 4300)::int,
       1 + hour.n %% 4, CASE WHEN hour.n %% 50 = 0 THEN 'draft' ELSE 'validated' END, TRUE,
       CASE WHEN hour.n %% 20 = 0 THEN 'employee' ELSE 'volunteer' END
  FROM generate_series(1, 100000) AS hour (n) JOIN who ON who.n = 45 * (1 + hour.n %% 2000);
INSERT INTO mail_activity (res_model_id, res_model, res_id, user_id, activity_type_id,
                           date_deadline, active, automated)
SELECT %(lead_model)s, 'crm.lead', what.id, %(user)s, %(todo)s,
       CURRENT_DATE - 5 + (what.n %% 10)::int, TRUE, FALSE
  FROM what WHERE what.n %% 20 = 0;
-- What projects need and volunteers know; who signs.
INSERT INTO hub_project_skill (lead_id, company_id, skill_id, level, weight, mandatory)
SELECT what.id, %(hub)s, skill.id, 1 + what.n %% 3, 1 + what.n %% 2, FALSE
  FROM what JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM hub_skill) skill
    ON what.n %% 5 = skill.n %% 5;
INSERT INTO hub_partner_skill (partner_id, company_id, skill_id, level)
SELECT who.id, %(hub)s, skill.id, 1 + who.n %% 3
  FROM who JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM hub_skill) skill
    ON who.n / 45 %% 5 = skill.n %% 5
 WHERE who.n %% 45 = 0;
INSERT INTO hub_pact_party (pact_id, company_id, partner_id, category, answer, sequence,
                            signed_on)
SELECT pact.id, %(hub)s, holder.partner_id, 'concerned',
       CASE WHEN what.n %% 40 = 0 THEN 'waiting' ELSE 'yes' END, 10,
       CASE WHEN what.n %% 40 != 0 THEN what.received + 60 END
  FROM what JOIN hub_pact pact ON pact.name = 'Pact ' || what.n
  JOIN hub_project_holder holder ON holder.lead_id = what.id AND holder.is_contact;
