import pytest
from extent import Extent, extent_of, layer_extent


def test_points_in_the_north_east():
    assert extent_of([(8.5, 47.4), (7.4, 46.9), (6.1, 46.2)]) == Extent(6.1, 46.2, 8.5, 47.4)


def test_a_layer_in_the_south_west():
    rivers = [[(-70.0, -33.5), (-71.2, -33.0)], [(-70.5, -34.0)]]
    assert layer_extent(rivers) == Extent(-71.2, -34.0, -70.0, -33.0)


def test_margin():
    assert layer_extent([[(1, 1), (3, 2)]], margin=1) == Extent(0, 0, 4, 3)


def test_no_points():
    with pytest.raises(ValueError):
        extent_of([])
