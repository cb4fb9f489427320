using System.Globalization;

namespace ChatPS.Sandbox.Kept;

/// <summary>Things of one kind, the oldest first, as long as the server runs and as far as there is room.</summary>
/// <param name="prefix">How their ids begin.</param>
internal sealed class KeptStore(string prefix)
{
    private const int MostKept = 10_000;

    private readonly object _lock = new();
    private readonly List<KeptThing> _things = [];
    private long _last;

    /// <summary>Makes an id.</summary>
    public string NextId() => prefix + Interlocked.Increment(ref _last).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Keeps a thing; one of the same id and place goes.</summary>
    public KeptThing Keep(KeptThing thing)
    {
        lock (_lock)
        {
            int index = _things.FindIndex(other => other.Id == thing.Id && other.Parent == thing.Parent);
            if (index >= 0)
            {
                _things[index] = thing;
                return thing;
            }

            if (_things.Count == MostKept)
            {
                _things.RemoveAt(0);
            }

            _things.Add(thing);
            return thing;
        }
    }

    /// <summary>Finds a thing; null where there is none.</summary>
    public KeptThing? Find(string id, string parent = "")
    {
        lock (_lock)
        {
            return _things.Find(thing => thing.Id == id && thing.Parent == parent);
        }
    }

    /// <summary>What lies in a place, the oldest first.</summary>
    public KeptThing[] In(string parent = "")
    {
        lock (_lock)
        {
            return [.. _things.Where(thing => thing.Parent == parent)];
        }
    }

    /// <summary>Removes a thing.</summary>
    public bool Remove(string id, string parent = "")
    {
        lock (_lock)
        {
            return _things.RemoveAll(thing => thing.Id == id && thing.Parent == parent) > 0;
        }
    }
}
