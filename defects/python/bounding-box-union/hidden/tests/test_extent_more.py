import pytest
from extent import Extent, extent_of, layer_extent


@pytest.mark.parametrize(
    ("points", "extent"),
    [
        ([(-3, 4)], Extent(-3, 4, -3, 4)),
        ([(3, -4)], Extent(3, -4, 3, -4)),
        ([(-1e-9, -1e-9)], Extent(-1e-9, -1e-9, -1e-9, -1e-9)),
        ([(-5, -6), (-1, -2), (-3, -9)], Extent(-5, -9, -1, -2)),
        ([(0, 0)], Extent(0, 0, 0, 0)),
        ([(-1, 2), (1, -2)], Extent(-1, -2, 1, 2)),
        ([(-4e7, -4e300), (-2e7, -3e300)], Extent(-4e7, -4e300, -2e7, -3e300)),
    ],
)
def test_extents(points, extent):
    assert extent_of(points) == extent
    assert extent_of(iter(points[::-1])) == extent


def test_a_point_outside_is_not_contained():
    extent = extent_of([(-5, -5), (-3, -4)])
    assert extent.contains(-4, -4.5)
    assert not extent.contains(0, 0)
    assert extent.size == (2, 1)
    assert extent.centre == (-4, -4.5)


def test_empty_lines():
    assert layer_extent([[], [(-2, -2)], []], 0.5) == Extent(-2.5, -2.5, -1.5, -1.5)
    with pytest.raises(ValueError):
        layer_extent([[], []])
