-- Once for each PostgreSQL server, as a superuser, by psql with the variables owner_password, gateway_password and
-- facts_password. Who owns the tables, who may add to the ledger and change nothing, who may read facts alone; the login
-- of ingress and inspection, and that of relay and scoring.
CREATE ROLE ecmr_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE ROLE ecmr_gateway NOLOGIN;
CREATE ROLE ecmr_fact_reader NOLOGIN;
CREATE ROLE gateway LOGIN PASSWORD :'gateway_password' IN ROLE ecmr_gateway;
CREATE ROLE facts LOGIN PASSWORD :'facts_password' IN ROLE ecmr_fact_reader;
CREATE DATABASE ecmr OWNER ecmr_owner;
