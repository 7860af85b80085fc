"""The damage page drawn naively, for `make bench`: plotly express, an element for each figure, nothing kept."""

import json

import plotly.express as px
import streamlit as st

from dashboard import data
from data_access import cells, connect, headline

SHOWN = ("damage_usd", "buildings_damaged", "residential_damaged", "homes_lost_residents", "schools_damaged")

st.set_page_config(layout="wide")
database = connect()
st.title("What is damaged, and where?")
chosen = st.selectbox("Indicator", SHOWN)
st.selectbox("Territory", data.territories()["name_en"])
for name, column in zip(SHOWN, st.columns(len(SHOWN)), strict=True):
    indicator = data.registry()[name]
    rows = headline(cells(database, name), indicator)
    for row in rows[rows["territory_code"] == "UA"].to_dict("records"):
        column.metric(indicator.short["en"], row["value"])
        column.caption(f"{row['period_end']:%d.%m.%Y} · {row['producer']}")
        column.expander("Definition").write(indicator.definition["en"])
rows = headline(cells(database, chosen, level="region"), data.registry()[chosen])
rows = rows.assign(name=[data.territory_name(code, "en") for code in rows["territory_code"]])
outlines = json.loads(data.GEOMETRY["oblasts.geojson"].read_text("utf-8"))
figure = px.choropleth(rows, geojson=outlines, locations="territory_code", color="value", hover_name="name")
figure.update_geos(fitbounds="locations", visible=False)
st.plotly_chart(figure)
st.plotly_chart(px.bar(rows, x="value", y="name", orientation="h"))
st.dataframe(rows)
