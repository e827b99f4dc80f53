-- The account of the services: it may log in and use what `dudao log migrate` grants, nothing else.
-- psql -v password=…
CREATE ROLE dudao_writer LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD :'password';
REVOKE ALL ON DATABASE dudao FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE dudao TO dudao_writer;
