-- Once for each PostgreSQL server, as a superuser, by psql with the variables owner_password and gateway_password.
-- Who owns the tables, who may add to the ledger and change nothing, and the login of the processes.
CREATE ROLE ecmr_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE ROLE ecmr_gateway NOLOGIN;
CREATE ROLE gateway LOGIN PASSWORD :'gateway_password' IN ROLE ecmr_gateway;
CREATE DATABASE ecmr OWNER ecmr_owner;
