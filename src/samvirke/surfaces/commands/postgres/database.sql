-- What each role may do in one of Samvirke's databases. Run in that database, again after cloning it.
-- Rights on tables come with the migrations that make the tables.

SET ROLE samvirke_owner;

REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO samvirke_app, samvirke_accounts, samvirke_worker, samvirke_insight;
GRANT TEMPORARY ON DATABASE :"DBNAME" TO samvirke_app;  -- imports stage their rows in temporary tables
SELECT format('GRANT CONNECT ON DATABASE %I TO samvirke_backup', current_database())
WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_backup')
\gexec

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO samvirke_app, samvirke_accounts, samvirke_publisher;

CREATE SCHEMA IF NOT EXISTS gate;
CREATE SCHEMA IF NOT EXISTS published;
GRANT USAGE ON SCHEMA gate TO samvirke_app, samvirke_accounts, samvirke_publisher;
GRANT USAGE ON SCHEMA published TO samvirke_insight;

-- Whoever is to own an object must be allowed to create in its schema.
GRANT USAGE, CREATE ON SCHEMA gate, public TO samvirke_gatekeeper;
GRANT USAGE, CREATE ON SCHEMA published TO samvirke_publisher;

RESET ROLE;
