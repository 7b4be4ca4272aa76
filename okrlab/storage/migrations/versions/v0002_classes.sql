-- Who may see and write which row. See docs/decisions/0008-shared-database.md.
--
-- Every person is a database role of their own, so that the server itself says who is asking.
-- session_user, not current_user, names the person: nothing but a new login changes it.
-- :schema is put in by the migration, quoted.

ALTER TABLE okrlab_attempts ALTER COLUMN seq TYPE bigint;
ALTER SEQUENCE okrlab_attempts_seq_seq AS bigint;

-- The login with which people come who have none yet: it can do nothing but call okrlab_enrol.
CREATE TABLE okrlab_door (
  login text PRIMARY KEY,
  password text NOT NULL
);

-- Counts tries of codes. A sequence, as a rollback does not take its numbers back.
CREATE SEQUENCE okrlab_tries AS bigint;

CREATE FUNCTION okrlab_me() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$ SELECT p.person FROM okrlab_people p WHERE p.login = session_user::text $$;

CREATE FUNCTION okrlab_coached() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$
  SELECT m.class FROM okrlab_members m WHERE m.person = okrlab_me() AND m.role = 'coach'
$$;

CREATE FUNCTION okrlab_read_by_me() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$
  SELECT okrlab_me()
  UNION
  SELECT m.person FROM okrlab_members m
  WHERE m.role = 'learner' AND m.class IN (SELECT okrlab_coached())
$$;

CREATE FUNCTION okrlab_known_to_me() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$
  SELECT okrlab_me()
  UNION
  SELECT m.person FROM okrlab_members m WHERE m.class IN (SELECT okrlab_coached())
$$;

-- Whether the login is the owner of the tables, who sees everything anyway.
CREATE FUNCTION okrlab_owns() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$
  SELECT pg_has_role(session_user, c.relowner, 'USAGE')
  FROM pg_class c WHERE c.oid = 'okrlab_people'::regclass
$$;

CREATE FUNCTION okrlab_now() RETURNS text
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') $$;

CREATE FUNCTION okrlab_is_time(at text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT at ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$'
    AND isfinite(at::timestamptz)
$$;

-- Join a class. A stranger becomes a person with a login; the owner can also put somebody in who
-- needs none. `verifier` is a SCRAM secret made by the client, so that the server, its logs
-- included, never sees a password.
CREATE FUNCTION okrlab_enrol(given text, wanted text, shown text, verifier text)
RETURNS TABLE (status text, person text, login text, class text, role text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  span bigint := floor(extract(epoch FROM clock_timestamp()) / 900)::bigint * 1000000;
  try bigint := nextval('okrlab_tries');
  me text := okrlab_me();
  code okrlab_codes%ROWTYPE;
  prefix text := (SELECT m.value FROM okrlab_meta m WHERE m.key = 'roles');
  new_login text;
BEGIN
  IF try < span THEN
    try := setval('okrlab_tries', span + 1);
  END IF;
  IF try - span > 1000 THEN
    RETURN QUERY SELECT 'wait', NULL::text, NULL::text, NULL::text, NULL::text;
    RETURN;
  END IF;
  SELECT * INTO code FROM okrlab_codes c WHERE c.code = given;
  IF NOT FOUND OR code.revoked OR code.expires::timestamptz <= clock_timestamp()
    OR coalesce(code.uses_left <= 0, false) THEN
    RETURN QUERY SELECT 'unknown', NULL::text, NULL::text, NULL::text, NULL::text;
    RETURN;
  END IF;
  IF code.uses_left IS NOT NULL THEN
    UPDATE okrlab_codes c SET uses_left = c.uses_left - 1
    WHERE c.code = given AND c.uses_left > 0;
    IF NOT FOUND THEN
      RETURN QUERY SELECT 'unknown', NULL::text, NULL::text, NULL::text, NULL::text;
      RETURN;
    END IF;
  END IF;

  IF me IS NULL THEN
    IF wanted IS NULL OR wanted !~ '^[^[:cntrl:]]{1,80}$' OR length(shown) > 200 THEN
      RAISE EXCEPTION 'not a name' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT okrlab_owns() AND verifier IS NULL THEN
      RAISE EXCEPTION 'a verifier is needed' USING ERRCODE = 'check_violation';
    END IF;
    IF verifier !~ '^SCRAM-SHA-256\$[0-9]{4,6}:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
      RAISE EXCEPTION 'not a verifier' USING ERRCODE = 'check_violation';
    END IF;
    -- A name with answers to it is taken as well: whoever has the name reads them.
    IF NOT okrlab_owns() AND (
      EXISTS (SELECT 1 FROM okrlab_attempts a WHERE a.learner = wanted)
      OR EXISTS (SELECT 1 FROM okrlab_drafts d WHERE d.learner = wanted)
    ) THEN
      RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation';
    END IF;
    IF verifier IS NOT NULL THEN
      new_login := prefix || '_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16);
    END IF;
    INSERT INTO okrlab_people (person, name, login, at)
    VALUES (wanted, shown, new_login, okrlab_now()) ON CONFLICT DO NOTHING;
    IF FOUND THEN
      IF new_login IS NOT NULL THEN
        EXECUTE format(
          'CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS INHERIT'
          ' CONNECTION LIMIT 20 PASSWORD %L IN ROLE %I',
          new_login, verifier, prefix || '_member'
        );
      END IF;
    ELSIF NOT okrlab_owns() THEN
      RAISE EXCEPTION 'taken' USING ERRCODE = 'unique_violation';
    ELSE
      new_login := NULL;
    END IF;
    me := wanted;
  END IF;

  INSERT INTO okrlab_members AS m (class, person, role, at)
  VALUES (code.class, me, code.role, okrlab_now())
  ON CONFLICT (class, person) DO UPDATE SET role = 'coach' WHERE excluded.role = 'coach';
  RETURN QUERY SELECT 'welcome', me, new_login, code.class::text, m.role::text
  FROM okrlab_members m WHERE m.class = code.class AND m.person = me;
END
$$;

-- A coach of some class begins another one.
CREATE FUNCTION okrlab_begin_class(wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT okrlab_coached()) THEN
    RAISE EXCEPTION 'only coaches begin classes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF wanted IS NULL OR wanted !~ '^[^[:cntrl:]]{1,80}$' THEN
    RAISE EXCEPTION 'not a name' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO okrlab_classes (class, at) VALUES (wanted, okrlab_now());
  INSERT INTO okrlab_members (class, person, role, at)
  VALUES (wanted, okrlab_me(), 'coach', okrlab_now());
END
$$;

-- Erase a person: by themselves, by the owner, or by a coach in all of whose classes they are
-- learners and nothing else.
CREATE FUNCTION okrlab_forget(who text)
RETURNS TABLE (attempts bigint, drafts bigint, memberships bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, :schema, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  prefix text := (SELECT m.value FROM okrlab_meta m WHERE m.key = 'roles');
  unused text := (SELECT p.login FROM okrlab_people p WHERE p.person = who);
BEGIN
  IF NOT (
    okrlab_owns()
    OR coalesce(who = okrlab_me(), false)
    OR (
      EXISTS (SELECT 1 FROM okrlab_members m WHERE m.person = who)
      AND NOT EXISTS (
        SELECT 1 FROM okrlab_members m WHERE m.person = who
        AND (m.role <> 'learner' OR m.class NOT IN (SELECT okrlab_coached()))
      )
    )
  ) THEN
    RAISE EXCEPTION 'not yours to erase' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM okrlab_attempts a WHERE a.learner = who;
  GET DIAGNOSTICS attempts = ROW_COUNT;
  DELETE FROM okrlab_drafts d WHERE d.learner = who;
  GET DIAGNOSTICS drafts = ROW_COUNT;
  DELETE FROM okrlab_members m WHERE m.person = who;
  GET DIAGNOSTICS memberships = ROW_COUNT;
  DELETE FROM okrlab_people p WHERE p.person = who;
  IF unused IS NOT NULL THEN
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', unused);
  END IF;
  FOR unused IN  -- nobody can drop their own role, so the next call does
    SELECT r.rolname FROM pg_roles r
    WHERE r.rolname ~ ('^' || prefix || '_[0-9a-f]{16}$') AND NOT r.rolcanlogin
      AND NOT EXISTS (SELECT 1 FROM okrlab_people p WHERE p.login = r.rolname)
  LOOP
    IF unused <> session_user THEN
      BEGIN
        EXECUTE format('DROP ROLE %I', unused);
      EXCEPTION WHEN object_in_use OR dependent_objects_still_exist THEN
        NULL;  -- it cannot log in any more; the next call tries again
      END;
    END IF;
  END LOOP;
  RETURN NEXT;
END
$$;

-- The roles of this database and what they may do. Run by the owner, who needs CREATEROLE; doing
-- it again changes nothing. Their names hold a part that no other database of the server has.
CREATE FUNCTION okrlab_make_roles() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, :schema, pg_temp
AS $$
DECLARE
  prefix text;
  member text;
  door text;
  secret text := replace(gen_random_uuid()::text, '-', '');
BEGIN
  PERFORM pg_advisory_xact_lock(7239846123);
  INSERT INTO okrlab_meta (key, value)
  VALUES ('roles', 'okrlab_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 8))
  ON CONFLICT DO NOTHING;
  prefix := (SELECT m.value FROM okrlab_meta m WHERE m.key = 'roles');
  member := prefix || '_member';
  door := prefix || '_door';
  IF NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = member) THEN
    EXECUTE format('CREATE ROLE %I NOLOGIN', member);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = door) THEN
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 50 PASSWORD %L', door, secret);
    DELETE FROM okrlab_door;
    INSERT INTO okrlab_door (login, password) VALUES (door, secret);
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA :schema TO %I, %I', member, door);
  EXECUTE format('GRANT EXECUTE ON FUNCTION okrlab_enrol TO %I, %I', member, door);
  EXECUTE format(
    'GRANT EXECUTE ON FUNCTION okrlab_me, okrlab_coached, okrlab_read_by_me, okrlab_known_to_me,'
    ' okrlab_owns, okrlab_now, okrlab_is_time, okrlab_begin_class, okrlab_forget TO %I', member);
  EXECUTE format('GRANT EXECUTE ON FUNCTION okrlab_owns, okrlab_me TO %I', door);
  EXECUTE format('GRANT SELECT ON okrlab_meta TO %I', door);
  EXECUTE format('GRANT SELECT ON okrlab_meta, okrlab_attempts, okrlab_drafts, okrlab_people,'
    ' okrlab_classes, okrlab_members, okrlab_codes, okrlab_door TO %I', member);
  -- All columns but seq, which the sequence gives.
  EXECUTE format('GRANT INSERT (id, learner, activity, sitting, item, item_version, concept,'
    ' response, mark, misconceptions, graded, try_number, confidence, seconds, at)'
    ' ON okrlab_attempts TO %I', member);
  EXECUTE format('GRANT USAGE ON SEQUENCE okrlab_attempts_seq_seq TO %I', member);
  EXECUTE format('GRANT INSERT, DELETE ON okrlab_drafts TO %I', member);
  EXECUTE format('GRANT DELETE ON okrlab_members TO %I', member);
  EXECUTE format('GRANT INSERT ON okrlab_codes TO %I', member);
  EXECUTE format('GRANT UPDATE (revoked) ON okrlab_codes TO %I', member);
END
$$;

REVOKE ALL ON FUNCTION okrlab_me, okrlab_coached, okrlab_read_by_me, okrlab_known_to_me,
  okrlab_owns, okrlab_now, okrlab_is_time, okrlab_enrol, okrlab_begin_class, okrlab_forget, okrlab_make_roles
FROM PUBLIC;

ALTER TABLE okrlab_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE okrlab_drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE okrlab_people ENABLE ROW LEVEL SECURITY;
ALTER TABLE okrlab_classes ENABLE ROW LEVEL SECURITY;
ALTER TABLE okrlab_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE okrlab_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE okrlab_door ENABLE ROW LEVEL SECURITY;

CREATE POLICY read ON okrlab_attempts FOR SELECT
  USING (learner IN (SELECT okrlab_read_by_me()));
CREATE POLICY add_own ON okrlab_attempts FOR INSERT
  WITH CHECK (learner = (SELECT okrlab_me()) AND octet_length(response) <= 600000);

CREATE POLICY read_own ON okrlab_drafts FOR SELECT USING (learner = (SELECT okrlab_me()));
CREATE POLICY add_own ON okrlab_drafts FOR INSERT
  WITH CHECK (learner = (SELECT okrlab_me()) AND octet_length(value) <= 600000);
CREATE POLICY drop_own ON okrlab_drafts FOR DELETE USING (learner = (SELECT okrlab_me()));

CREATE POLICY read ON okrlab_people FOR SELECT
  USING (person IN (SELECT okrlab_known_to_me()));

CREATE POLICY read ON okrlab_classes FOR SELECT
  USING (class IN (SELECT m.class FROM okrlab_members m));

CREATE POLICY read ON okrlab_members FOR SELECT
  USING (person = (SELECT okrlab_me()) OR class IN (SELECT okrlab_coached()));
CREATE POLICY leave_or_remove ON okrlab_members FOR DELETE
  USING (
    person = (SELECT okrlab_me())
    OR (role = 'learner' AND class IN (SELECT okrlab_coached()))
  );

CREATE POLICY read ON okrlab_codes FOR SELECT USING (class IN (SELECT okrlab_coached()));
CREATE POLICY add ON okrlab_codes FOR INSERT WITH CHECK (
  class IN (SELECT okrlab_coached())
  AND code ~ '^[2-9A-HJKMNP-TV-Z]{8}$'
  AND role IN ('learner', 'coach')
  AND okrlab_is_time(expires)
);
CREATE POLICY revoke ON okrlab_codes FOR UPDATE
  USING (class IN (SELECT okrlab_coached())) WITH CHECK (class IN (SELECT okrlab_coached()));

CREATE POLICY read ON okrlab_door FOR SELECT USING (EXISTS (SELECT okrlab_coached()));

-- Whoever may not make roles has a shared store without classes; `okrlab class create` says so.
DO $$
BEGIN
  IF (SELECT r.rolsuper OR r.rolcreaterole FROM pg_roles r WHERE r.rolname = current_user) THEN
    PERFORM okrlab_make_roles();
  END IF;
END
$$;
