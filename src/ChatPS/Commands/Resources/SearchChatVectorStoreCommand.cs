using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Completion;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Searches vector stores by meaning.</summary>
[Cmdlet(VerbsCommon.Search, "ChatVectorStore", DefaultParameterSetName = StoreSet)]
[OutputType(typeof(ChatVectorStoreMatch))]
public sealed class SearchChatVectorStoreCommand : ResourceCmdlet
{
    private const string IdSet = "Id";
    private const string StoreSet = "Store";
    private const int MostFound = 50;

    /// <summary>What is searched for.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, HelpMessage = "What is searched for.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = StoreSet, HelpMessage = "What is searched for.")]
    [ValidateNotNullOrEmpty]
    public string[] Query { get; set; } = [];

    /// <summary>The id of the vector store.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet, HelpMessage = "The id of the vector store.")]
    [ValidateNotNullOrEmpty]
    public string VectorStoreId { get; set; } = "";

    /// <summary>A vector store.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = StoreSet, HelpMessage = "A vector store, from the pipeline.")]
    public ChatVectorStore? VectorStore { get; set; }

    /// <summary>The most pieces to find for each question.</summary>
    [Parameter(HelpMessage = "The most pieces to find for each question, 1 to 50.")]
    public int First { get; set; }

    /// <summary>The least score of what is found.</summary>
    [Parameter(HelpMessage = "The least score of what is found, 0 to 1.")]
    public double MinScore { get; set; }

    /// <summary>Which files are searched, by their attributes.</summary>
    [Parameter(HelpMessage = "Which files are searched, by their attributes, as a hashtable.")]
    public IDictionary? Filter { get; set; }

    /// <summary>How what is found is put in order.</summary>
    [Parameter(HelpMessage = "How what is found is put in order, in the service's word.")]
    [ArgumentCompleter(typeof(RankerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Ranker { get; set; }

    /// <summary>Lets the service word the question anew for the search.</summary>
    [Parameter(HelpMessage = "Lets the service word the question anew for the search.")]
    public SwitchParameter RewriteQuery { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string query in Query)
        {
            object item = MyInvocation.ExpectingInput && VectorStore is not null ? VectorStore : query;
            Attempt(item, () => Find(query, item));
        }
    }

    private void Find(string query, object item)
    {
        ResourceFields fields = new();
        fields.Put("query", query);
        if (IsBound(nameof(First)))
        {
            fields.PutNumber("max_num_results", First, 1, MostFound, "-First");
        }

        if (IsBound(nameof(MinScore)))
        {
            fields.Put("ranking_options.score_threshold", MinScore);
        }

        fields.Put("ranking_options.ranker", Ranker);
        fields.PutValues("filters", Filter, "-Filter");
        if (RewriteQuery)
        {
            fields.Put("rewrite_query", true);
        }

        fields.Check();
        ServiceConnection service = Connected(VectorStore?.Connection);
        ResourcePlace place = new("", VectorStore?.Id ?? VectorStoreId) { Input = item };
        Run(item, async (output, token) =>
        {
            foreach (ChatVectorStoreMatch match in await service.Resources.SearchAsync(place, query, fields.Values, Call(output), token))
            {
                await output.EmitAsync(match, token);
            }

            return null;
        });
    }
}
