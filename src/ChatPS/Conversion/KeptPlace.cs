using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>Sorts out by their kind what was given for something that a service keeps, and for what is to be done with it: either may be piped, and the other one then comes first.</summary>
internal static class KeptPlace
{
    /// <summary>Sorts them.</summary>
    /// <typeparam name="T">What the service keeps.</typeparam>
    /// <param name="place">What was given for it: the object, or its id.</param>
    /// <param name="items">The rest.</param>
    /// <param name="parameter">The parameter that names it, for the error.</param>
    /// <returns>What the service keeps, and the rest.</returns>
    /// <exception cref="ChatServiceException">Nothing of the kind was given.</exception>
    public static (T Place, object[] Items) Sort<T>(object? place, object[] items, string parameter)
        where T : class
    {
        if (items.Length == 1 && Bare.Of(items[0]) is not string && KeptTransformationAttribute.Find(typeof(T), items[0]) is T piped)
        {
            return (piped, Bare.Of(place) switch
            {
                object[] several => several,
                null => [],
                _ => [place!],
            });
        }

        return KeptTransformationAttribute.Find(typeof(T), place) is T known
            ? (known, items)
            : throw Failures.Invalid($"{parameter}: '{PlainObject.Text(place)}' is no {typeof(T).Name}, and no id of one.", $"Pipe in what New-{typeof(T).Name} emitted, or give its id to {parameter}.");
    }
}
