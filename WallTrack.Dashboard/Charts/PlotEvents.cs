using Microsoft.AspNetCore.Components;

namespace WallTrack.Dashboard.Charts;

/// <summary>Where the pointer is on a plot, in shares of its width and height from the top left; null when it has left.</summary>
public sealed class PlotPointEventArgs : EventArgs
{
    public double? X { get; set; }

    public double? Y { get; set; }
}

/// <summary>A range dragged over a plot, in shares of its width.</summary>
public sealed class PlotRangeEventArgs : EventArgs
{
    public double From { get; set; }

    public double To { get; set; }
}

/// <summary>What js/curve-plot.js sends; the Razor compiler looks for a class of this name.</summary>
[EventHandler("onplotpoint", typeof(PlotPointEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("onplotrange", typeof(PlotRangeEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
