
-- The database itself. Whoever is no superuser needs to be the owner for a moment.
SELECT NOT rolsuper AS borrow_owner FROM pg_roles WHERE rolname = current_user
\gset
\if :borrow_owner
  GRANT samvirke_owner TO CURRENT_USER;
\endif
SELECT 'CREATE DATABASE samvirke OWNER samvirke_owner ENCODING ''UTF8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'samvirke')
\gexec
\connect samvirke

