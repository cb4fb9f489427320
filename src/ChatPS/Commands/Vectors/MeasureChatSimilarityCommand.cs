using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Similarity;
using ChatPS.Conversion;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Measures how alike vectors are.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ChatSimilarity")]
[OutputType(typeof(ChatSimilarity))]
public sealed class MeasureChatSimilarityCommand : PSCmdlet
{
    private const string AdviceForText = "Get the vectors first: Measure-ChatSimilarity (Get-ChatEmbedding 'one text') (Get-ChatEmbedding 'the other')";

    private VectorValue _reference = new([], null);
    private int _items;

    /// <summary>The vector that the others are compared with.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The vector that the others are compared with.")]
    public object Reference { get; set; } = "";

    /// <summary>The vectors: embeddings, or arrays of numbers.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "The vectors: embeddings, or arrays of numbers.")]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        try
        {
            _reference = VectorValue.Read(Reference, "-Reference", AdviceForText);
        }
        catch (ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, Reference));
        }
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        // Several embeddings that were not piped; an array of numbers is one vector.
        if (Bare.Of(InputObject) is object?[] { Length: > 0 } several && Bare.Of(several[0]) is ChatEmbedding or Array)
        {
            Array.ForEach(several, Measure);
        }
        else
        {
            Measure(InputObject);
        }
    }

    private void Measure(object? item)
    {
        int index = _items++;
        try
        {
            VectorValue vector = VectorValue.Read(item, "-InputObject", AdviceForText);
            Check(vector);
            (double cosine, double dotProduct, double euclidean) = VectorMath.Measure(_reference.Numbers, vector.Numbers);
            if (double.IsNaN(cosine))
            {
                throw Failures.Invalid("A vector has the length 0, and so no angle to others.", "Leave it out; a text never has such a vector.");
            }

            WriteObject(new ChatSimilarity { Cosine = cosine, DotProduct = dotProduct, Euclidean = euclidean, Dimension = vector.Numbers.Length, Input = item, Index = index });
        }
        catch (ChatServiceException failure)
        {
            failure.Index = index;
            WriteError(Errors.ToRecord(failure, new FailedItem(item, MyInvocation.ExpectingInput ? index : null)));
        }
    }

    private void Check(VectorValue vector)
    {
        if (vector.Numbers.Length != _reference.Numbers.Length)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"The vectors have different lengths: -Reference {_reference.Numbers.Length} numbers, this one {vector.Numbers.Length}. They cannot be compared."),
                "Compare vectors of one model and one dimension.");
        }

        if (vector.Model is not null && _reference.Model is not null && vector.Model != _reference.Model)
        {
            throw Failures.Invalid(
                $"The vectors are of different models: -Reference of '{_reference.Model}', this one of '{vector.Model}'. They cannot be compared.", "Compare vectors of one model.");
        }
    }
}
