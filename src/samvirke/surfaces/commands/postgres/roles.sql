-- Samvirke's roles on a PostgreSQL 15 or newer. Running it again changes nothing but the passwords.
--
--   SAMVIRKE_PASSWORD_OWNER=... SAMVIRKE_PASSWORD_APP=... SAMVIRKE_PASSWORD_ACCOUNTS=... \
--   SAMVIRKE_PASSWORD_WORKER=... SAMVIRKE_PASSWORD_INSIGHT=... SAMVIRKE_PASSWORD_BACKUP=... psql -X -d postgres -f roles.sql
--
-- A password that is not in the environment is asked for. Run it as a superuser; where there is none (a managed
-- server), as a role with CREATEROLE and CREATEDB and with `-v with_backup=off`, since only a superuser may make
-- a role that bypasses row security; back up by the server's own means there.

\set ON_ERROR_STOP on
\if :{?with_backup}
\else
  \set with_backup on
\endif

\getenv password_owner SAMVIRKE_PASSWORD_OWNER
\if :{?password_owner}
\else
  \prompt 'Password for samvirke_owner: ' password_owner
\endif
\getenv password_app SAMVIRKE_PASSWORD_APP
\if :{?password_app}
\else
  \prompt 'Password for samvirke_app: ' password_app
\endif
\getenv password_accounts SAMVIRKE_PASSWORD_ACCOUNTS
\if :{?password_accounts}
\else
  \prompt 'Password for samvirke_accounts: ' password_accounts
\endif
\getenv password_worker SAMVIRKE_PASSWORD_WORKER
\if :{?password_worker}
\else
  \prompt 'Password for samvirke_worker: ' password_worker
\endif
\getenv password_insight SAMVIRKE_PASSWORD_INSIGHT
\if :{?password_insight}
\else
  \prompt 'Password for samvirke_insight: ' password_insight
\endif

-- No role is a superuser, makes roles or databases, or bypasses row security; only `backup` does the last.
SELECT format('CREATE ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION', name)
FROM (VALUES ('samvirke_owner'), ('samvirke_app'), ('samvirke_accounts'), ('samvirke_worker'),
             ('samvirke_insight'), ('samvirke_gatekeeper'), ('samvirke_publisher')) AS role (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE samvirke_owner LOGIN PASSWORD :'password_owner';        -- owns the database, runs migrations
ALTER ROLE samvirke_app LOGIN PASSWORD :'password_app';            -- the pages and commands
ALTER ROLE samvirke_accounts LOGIN PASSWORD :'password_accounts';  -- sign-in, before there is a viewer
ALTER ROLE samvirke_worker LOGIN PASSWORD :'password_worker';      -- the queue of jobs, nothing else
ALTER ROLE samvirke_insight LOGIN PASSWORD :'password_insight';    -- reads published views, nothing else
ALTER ROLE samvirke_gatekeeper NOLOGIN;                            -- owns the gate's functions and memberships
ALTER ROLE samvirke_publisher NOLOGIN;                             -- owns the published views

ALTER ROLE samvirke_app SET statement_timeout = '60s';
ALTER ROLE samvirke_accounts SET statement_timeout = '10s';

-- The owner makes functions and views and then hands them over, which takes membership.
GRANT samvirke_gatekeeper, samvirke_publisher TO samvirke_owner;

\if :with_backup
  \getenv password_backup SAMVIRKE_PASSWORD_BACKUP
  \if :{?password_backup}
  \else
    \prompt 'Password for samvirke_backup: ' password_backup
  \endif
  SELECT 'CREATE ROLE samvirke_backup NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION'
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_backup')
  \gexec
  ALTER ROLE samvirke_backup LOGIN PASSWORD :'password_backup';
  GRANT pg_read_all_data TO samvirke_backup;
\endif
