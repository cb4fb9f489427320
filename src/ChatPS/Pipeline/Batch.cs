namespace ChatPS.Pipeline;

/// <summary>Holds pipeline items until there are enough for one request. They leave in the order in which they came.</summary>
/// <typeparam name="T">What a request carries of an item.</typeparam>
/// <param name="mostItems">How many items one request carries.</param>
/// <param name="send">Takes items that go together: in one request, but for those that are stored.</param>
/// <param name="mostWeight">The most that the items of one request weigh together. An item that weighs more goes alone.</param>
internal sealed class Batch<T>(int mostItems, Action<IReadOnlyList<BatchItem<T>>> send, long mostWeight = long.MaxValue)
{
    // Stored items ask for nothing, however many they are, and still take memory.
    private readonly int _mostHeld = Math.Max(mostItems, 1024);

    private readonly List<BatchItem<T>> _held = [];
    private int _asked;
    private long _weight;

    /// <summary>Holds an item for company, and sends what is held when no more fits.</summary>
    /// <param name="item">The item.</param>
    public void Hold(BatchItem<T> item)
    {
        if (!item.IsStored && _asked > 0 && item.Weight > mostWeight - _weight)
        {
            Send();
        }

        _held.Add(item);
        if (!item.IsStored)
        {
            _asked++;
            _weight += item.Weight;
        }

        if (_asked == mostItems || _weight >= mostWeight || _held.Count == _mostHeld)
        {
            Send();
        }
    }

    /// <summary>Sends an item that cannot have company, after what is held.</summary>
    /// <param name="item">The item.</param>
    public void SendAlone(BatchItem<T> item)
    {
        Send();
        send([item]);
    }

    /// <summary>Sends what is held.</summary>
    public void Send()
    {
        if (_held.Count == 0)
        {
            return;
        }

        BatchItem<T>[] items = [.. _held];
        _held.Clear();
        _asked = 0;
        _weight = 0;
        send(items);
    }
}
