using System.Collections;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>What a resource is made from, or changed to: plain values by their names on the wire. What is wrong with them is told when they are checked.</summary>
internal sealed class ResourceFields
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private ChatServiceException? _failure;

    /// <summary>Gets the values.</summary>
    public IReadOnlyDictionary<string, object?> Values => _values;

    /// <summary>Takes a value.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="value">The value; null is not sent.</param>
    public void Put(string path, object? value)
    {
        if (value is null)
        {
            return;
        }

        string[] names = path.Split('.');
        Dictionary<string, object?> at = _values;
        foreach (string name in names.Take(names.Length - 1))
        {
            at[name] = at.TryGetValue(name, out object? there) && there is Dictionary<string, object?> below ? below : below = new Dictionary<string, object?>(StringComparer.Ordinal);
            at = below;
        }

        at[names[names.Length - 1]] = value;
    }

    /// <summary>Takes a whole number.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="value">The number.</param>
    /// <param name="least">The least that is taken.</param>
    /// <param name="most">The most that is taken.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    public void PutNumber(string path, int value, int least, int most, string parameter) => Try(() => Put(
        path,
        value >= least && value <= most
            ? value
            : throw Failures.Invalid(FormattableString.Invariant($"{parameter} is {value}; it must lie between {least} and {most}."), $"Give {parameter} a value in that range, or leave it out.")));

    /// <summary>Takes notes: texts by their names.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="notes">The notes.</param>
    public void PutNotes(string path, IDictionary? notes) => Try(() => Put(path, PlainObject.ToStrings(notes)));

    /// <summary>Takes values by their names.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="values">The values.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    public void PutValues(string path, IDictionary? values, string parameter) => Try(() => Put(path, values is null ? null : PlainObject.FromDictionary(values, parameter)));

    /// <summary>Takes a filter by attributes. Attributes and their values stand for files that have all of these.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="filter">The filter, or attributes.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    public void PutFilter(string path, IDictionary? filter, string parameter) => Try(() => Put(path, filter is null ? null : AttributeFilter.Of(filter, parameter)));

    /// <summary>Takes something that has a type, for which a text is short.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="value">The value: a hashtable, or its type.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <param name="example">What one looks like, for the error.</param>
    public void PutTyped(string path, object? value, string parameter, string example) => Try(() => Put(path, value is null ? null : TypedValue.Of(value, parameter, example)));

    /// <summary>Takes items of a conversation.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="items">Texts of the user, messages, or hashtables.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    public void PutItems(string path, object[]? items, string parameter) => Try(() => Put(path, ConversationItems.Of(items, parameter)));

    /// <summary>Takes skills.</summary>
    /// <param name="path">The name on the wire, with dots between levels.</param>
    /// <param name="skills">Skills, their ids, or hashtables.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    public void PutSkills(string path, object[]? skills, string parameter) => Try(() => Put(path, skills is null ? null : Array.ConvertAll(skills, skill => SkillReference.Of(skill, parameter))));

    /// <summary>Tells what is wrong, before anything is sent.</summary>
    /// <exception cref="ChatServiceException">A value cannot be sent; it says which.</exception>
    public void Check()
    {
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    private void Try(Action put)
    {
        try
        {
            put();
        }
        catch (ChatServiceException failure)
        {
            _failure ??= failure;
        }
    }
}
