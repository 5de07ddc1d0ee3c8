-- Once for each PostgreSQL server, as a superuser, by psql with the variables owner_password and gateway_password.
-- Who owns the tables, who may add to the ledger and change nothing, who may read facts alone, and the login of all
-- processes.
CREATE ROLE ecmr_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE ROLE ecmr_gateway NOLOGIN;
CREATE ROLE ecmr_fact_reader NOLOGIN ROLE ecmr_gateway;
CREATE ROLE gateway LOGIN PASSWORD :'gateway_password' IN ROLE ecmr_gateway;
CREATE DATABASE ecmr OWNER ecmr_owner;
