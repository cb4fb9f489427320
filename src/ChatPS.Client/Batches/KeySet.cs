namespace ChatPS.Client.Batches;

/// <summary>Which keys have come, for very many of them: it takes 8 to 22 bytes for each.</summary>
internal sealed class KeySet
{
    // 0 is a free place. Keys are evenly spread: each is looked for from the place that its last bits name.
    private ulong[] _places = new ulong[1024];
    private int _count;

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key, as good as random. 0 and 1 count as the same.</param>
    /// <returns>Whether it had not come before.</returns>
    public bool Add(ulong key)
    {
        if (!Set(_places, key == 0 ? 1 : key))
        {
            return false;
        }

        if (++_count > _places.Length / 4 * 3)
        {
            ulong[] places = new ulong[2 * _places.Length];
            foreach (ulong known in _places)
            {
                if (known != 0)
                {
                    Set(places, known);
                }
            }

            _places = places;
        }

        return true;
    }

    private static bool Set(ulong[] places, ulong key)
    {
        int last = places.Length - 1;
        int place = (int)key & last;
        while (places[place] != 0 && places[place] != key)
        {
            place = (place + 1) & last;
        }

        bool isNew = places[place] == 0;
        places[place] = key;
        return isNew;
    }
}
