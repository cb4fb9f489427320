BeforeAll {
    . $PSScriptRoot/common.ps1

    # The texts of each request so far.
    function Get-Sent {
        Get-TestRequest | ForEach-Object { , @(($_.Body | ConvertFrom-Json).input) }
    }

    function Get-Cosine($One, $Other) {
        $product = 0.0
        for ($i = 0; $i -lt $One.Vector.Count; $i++) { $product += $One.Vector[$i] * $Other.Vector[$i] }
        $product
    }
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatEmbedding' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'gives a vector for each text, in order, in one request' {
        Clear-ChatUsage
        $vectors = 'rotate a key', 'how to rotate keys', 'brew tea' | Get-ChatEmbedding
        $vectors | Should -BeOfType ChatPS.ChatEmbedding
        $vectors.Text | Should -BeExactly 'rotate a key', 'how to rotate keys', 'brew tea'
        $vectors.Input | Should -BeExactly 'rotate a key', 'how to rotate keys', 'brew tea'
        $vectors.Index | Should -Be 0, 1, 2
        $vectors[0].Vector.GetType() | Should -Be ([float[]])
        $vectors[0].Dimension | Should -Be 256
        $vectors.Model | Should -BeExactly 'sandbox-mini', 'sandbox-mini', 'sandbox-mini'
        $vectors.Connection | Should -BeExactly 'Test', 'Test', 'Test'
        ($vectors | Measure-Object Tokens -Sum).Sum | Should -Be (Get-ChatUsage -Connection Test | Select-Object -Last 1).InputTokens
        "$($vectors[0])" | Should -BeExactly 'rotate a key'
        @(Get-TestRequest).Count | Should -Be 1
        Get-TestMember encoding_format | Should -Be '"base64"'
        Get-Cosine $vectors[0] $vectors[1] | Should -BeGreaterThan (Get-Cosine $vectors[0] $vectors[2])
    }

    It 'takes rows by a property or a script block, and files by their text' {
        $rows = 'Id,Comment', '1,fine', '2,' | ConvertFrom-Csv
        $vectors = $rows | Get-ChatEmbedding -Property Comment -ErrorAction SilentlyContinue -ErrorVariable failure
        $vectors.Input.Id | Should -Be 1
        $failure[0].TargetObject.Id | Should -Be 2
        $failure[0].Exception.Index | Should -Be 1
        ($rows | Get-ChatEmbedding -Property { "$($_.Id): $($_.Comment)" }).Text | Should -BeExactly '1: fine', '2: '
        Set-Content (Join-Path $TestDrive one.txt) 'rotate keys' -Encoding utf8
        $vector = Get-Item (Join-Path $TestDrive one.txt) | Get-ChatEmbedding
        $vector.Text.Trim() | Should -BeExactly 'rotate keys'
        $vector.Input.Name | Should -Be 'one.txt'
    }

    It 'refuses empty texts and what is no text, and gives the others their vectors' {
        $vectors = 'a', '', ' ', $null, [pscustomobject]@{ Id = 1 }, 'b' | Get-ChatEmbedding -ErrorAction SilentlyContinue -ErrorVariable failures
        $vectors.Text | Should -BeExactly 'a', 'b'
        $vectors.Index | Should -Be 0, 5
        @($failures).Count | Should -Be 4
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        @(Get-Sent)[0] | Should -BeExactly 'a', 'b'
    }

    It 'asks in the form <Form>' -ForEach @(
        @{ Form = 'Cohere'; Path = '/v1/embed'; Member = 'input_type'; Value = '"search_query"' }
        @{ Form = 'Jina'; Path = '/v1/embeddings'; Member = 'task'; Value = '"retrieval.query"' }
        @{ Form = 'Voyage'; Path = '/v1/embeddings'; Member = 'input_type'; Value = '"query"' }
    ) {
        $vectors = 'a key', 'tea' | Get-ChatEmbedding -Form $Form -InputType Query -Dimension 256
        $vectors.Text | Should -BeExactly 'a key', 'tea'
        $vectors.Dimension | Should -Be 256, 256
        ($vectors | Measure-Object Tokens -Sum).Sum | Should -Be 3
        (Get-ChatSandboxRequest Test -Last 1).Path | Should -BeExactly $Path
        Get-TestMember $Member | Should -Be $Value
        Compare-Object $vectors[0].Vector ('a key' | Get-ChatEmbedding).Vector | Should -BeNullOrEmpty
    }

    It 'asks Ollama beside its version' {
        ('a', 'b' | Get-ChatEmbedding -Form Ollama).Index | Should -Be 0, 1
        (Get-ChatSandboxRequest Test -Last 1).Path | Should -BeExactly '/api/embed'
    }

    It 'asks <Dialect> in its own form' -ForEach @(
        @{ Dialect = 'AzureOpenAI'; Path = '/openai/v1/embeddings' }
        @{ Dialect = 'Gemini'; Path = '/v1beta/models/sandbox-mini:batchEmbedContents' }
    ) {
        $null = Connect-ChatService -Sandbox -Name Test -Dialect $Dialect -Model sandbox-mini
        $vectors = 'a', 'b' | Get-ChatEmbedding -Dimension 16
        $vectors.Dimension | Should -Be 16, 16
        (Get-ChatSandboxRequest -Last 1).Path | Should -BeExactly $Path
    }

    It 'names what cannot be sent before anything is: <Said>' -ForEach @(
        @{ Arguments = @{ Dimension = 0 }; Said = '-Dimension is 0' }
        @{ Arguments = @{ BatchSize = 0 }; Said = '-BatchSize is 0' }
        @{ Arguments = @{ Form = 'Acme' }; Said = "-Form is 'Acme'" }
        @{ Arguments = @{ InputType = 'Query' }; Said = '-InputType: the form OpenAI has no field for it' }
        @{ Arguments = @{ InputType = 'Clustering'; Form = 'Voyage' }; Said = '-InputType is Clustering' }
        @{ Arguments = @{ FallbackConnection = 'Nope' }; Said = 'Nope' }
        @{ Arguments = @{ MaxCost = 1 }; Said = '-MaxCost needs prices' }
    ) {
        { 'a' | Get-ChatEmbedding @Arguments } | Should -Throw -ErrorId 'InvalidRequest*' -ExpectedMessage "*$Said*"
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'completes the forms' {
        (TabExpansion2 'Get-ChatEmbedding -Form ' 24).CompletionMatches.CompletionText | Should -Be 'OpenAI', 'Cohere', 'Jina', 'Voyage', 'Ollama'
    }

    It 'groups by -BatchSize, and by what the service takes' {
        (1..7 | ForEach-Object { "t$_" } | Get-ChatEmbedding -BatchSize 3).Index | Should -Be (0..6)
        @(Get-Sent | ForEach-Object { $_.Count }) | Sort-Object | Should -Be 1, 3, 3
        Connect-TestSandbox
        @(1..100 | ForEach-Object { "t$_" } | Get-ChatEmbedding -Form Cohere).Count | Should -Be 100
        Get-TestRequest | ForEach-Object { @(($_.Body | ConvertFrom-Json).texts).Count } | Sort-Object | Should -Be 4, 96
    }

    It 'groups by tokens, too' {
        $text = 'word ' * 8000
        @(1..40 | ForEach-Object { $text } | Get-ChatEmbedding -Dimension 8).Count | Should -Be 40
        @(Get-TestRequest).Count | Should -Be 2
        (Get-TestRequest).StatusCode | Select-Object -Unique | Should -Be 200
    }

    It 'makes one error of a text that is too long, and gives the others of its request their vectors' {
        $texts = 1..64 | ForEach-Object { if ($_ -eq 40) { 'word ' * 9000 } else { "text $_" } }
        $vectors = $texts | Get-ChatEmbedding -ErrorAction SilentlyContinue -ErrorVariable failure
        $vectors.Count | Should -Be 63
        $vectors.Index | Should -Be (0..38 + 40..63)
        @($failure).Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ContextTooLong*'
        $failure[0].TargetObject | Should -Be $texts[39]
        "$($failure[0])" | Should -BeLike 'Item 40 *maximum input length*'
        @(Get-TestRequest).Count | Should -BeLessOrEqual 13
    }

    It 'lets a failed request be the error of its texts alone' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Status'; StatusCode = 500; Every = 2; Times = 1 } }
        $vectors = 1..30 | ForEach-Object { "t$_" } | Get-ChatEmbedding -BatchSize 10 -ThrottleLimit 1 -ErrorAction SilentlyContinue -ErrorVariable failures
        $vectors.Index | Should -Be (0..9 + 20..29)
        @($failures).Count | Should -Be 10
        $failures.TargetObject | Should -BeExactly (11..20 | ForEach-Object { "t$_" })
    }

    It 'turns 10,000 texts into vectors, in order, in few requests' {
        $expected = 0
        $outOfOrder = 0
        1..10000 | ForEach-Object { "Text $_" } | Get-ChatEmbedding -Dimension 8 | ForEach-Object {
            $outOfOrder += [int]($_.Index -ne $expected -or $_.Text -cne "Text $($expected + 1)")
            $expected++
        }
        $expected | Should -Be 10000
        $outOfOrder | Should -Be 0
        @(Get-TestRequest).Count | Should -BeLessOrEqual 500
    }

    It 'takes texts only as requests leave' {
        $script:taken = 0
        $null = 1..100000 | ForEach-Object { $script:taken++; "t$_" } | Get-ChatEmbedding -Dimension 2 -BatchSize 100 -ThrottleLimit 2 | Select-Object -First 1
        $script:taken | Should -BeLessOrEqual 600
    }

    It 'keeps to a number of tokens, and gives what came before' {
        $given = [Collections.Generic.List[object]]::new()
        { 1..40 | ForEach-Object { "text $_" } | Get-ChatEmbedding -BatchSize 10 -ThrottleLimit 1 -MaxTotalToken 45 | ForEach-Object { $given.Add($_) } } |
            Should -Throw -ErrorId 'BudgetExceeded*'
        $given.Index | Should -Be (0..19)
        @(Get-TestRequest).Count | Should -Be 2
    }

    It 'shares out what a request cost' {
        $vectors = 'a', 'b c d' | Get-ChatEmbedding -PriceTable @{ 'sandbox-*' = @{ Input = 1000000; Output = 0 } }
        ($vectors | Measure-Object Cost -Sum).Sum | Should -Be 4
        $vectors[1].Cost | Should -BeGreaterThan $vectors[0].Cost
    }

    It 'tells by -WhatIf what it would take, and sends nothing' {
        $said = Invoke-Child {
            param($Module)
            Import-Module $Module
            Connect-ChatService http://127.0.0.1:9/v1 -Name Away -Model m
            1..1000 | ForEach-Object { "t$_" } | Get-ChatEmbedding -WhatIf -PriceTable @{ m = 2, 0 } -CheckpointPath (Join-Path ([IO.Path]::GetTempPath()) 'chatps-none.jsonl')
            Test-Path (Join-Path ([IO.Path]::GetTempPath()) 'chatps-none.jsonl')
        } $ModulePath
        "$said" | Should -BeLike "*'Away' in 4 requests (about * tokens in, about 0.00* in cost)*1000 texts*False"
    }

    It 'asks the next connection for the same model where the first one fails' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Status'; StatusCode = 503 } }
        $null = Start-ChatSandbox -Name Spare
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name First -Model sandbox-embedding -MaxRetry 1
        Connect-ChatService (Start-ChatSandbox -Name Spare).BaseUri -Name Spare -Model another
        $vectors = 'a', 'b' | Get-ChatEmbedding -Connection First -FallbackConnection Spare
        $vectors.Connection | Should -BeExactly 'Spare', 'Spare'
        $vectors.Model | Should -BeExactly 'sandbox-embedding', 'sandbox-embedding'
        @(Get-TestRequest).Count | Should -Be 2
        Stop-ChatSandbox Spare
    }

    It 'says where a service has no vectors' {
        Connect-TestSandbox -Connection @{ Dialect = 'Anthropic' }
        { 'a' | Get-ChatEmbedding } | Should -Throw -ErrorId 'InvalidRequest*' -ExpectedMessage '*has no embeddings*'
    }

    It 'works in a job' {
        (1..5 | ForEach-Object { "t$_" } | Get-ChatEmbedding -BatchSize 2 -AsJob | Receive-EndedJob).Index | Should -Be (0..4)
    }
}

Describe 'A run for vectors that is broken off' {
    It 'asks nothing twice, whatever company the texts travel in' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Status'; StatusCode = 500; Every = 2; Times = 1 } }
        $checkpoint = Join-Path $TestDrive 'vectors.jsonl'
        $first = 1..30 | ForEach-Object { "t$_" } | Get-ChatEmbedding -BatchSize 10 -ThrottleLimit 1 -CheckpointPath $checkpoint -ErrorAction SilentlyContinue
        $first.Count | Should -Be 20
        $second = 'new', 't15', 't1' + (1..30 | ForEach-Object { "t$_" }) | Get-ChatEmbedding -BatchSize 7 -CheckpointPath $checkpoint
        $second.Index | Should -Be (0..32)
        $sent = @(Get-TestRequest | Where-Object StatusCode -EQ 200 | ForEach-Object { ($_.Body | ConvertFrom-Json).input })
        ($sent | Group-Object | Where-Object Count -GT 1).Name | Sort-Object | Should -Be 't1', 't15' -Because 'these were asked for twice'
        Compare-Object ($second | Where-Object Text -EQ t5).Vector ($first | Where-Object Text -EQ t5).Vector | Should -BeNullOrEmpty
        { 'a' | Get-ChatEmbedding -Dimension 9 -CheckpointPath $checkpoint } | Should -Throw -ErrorId 'InvalidRequest*' -ExpectedMessage '*-Dimension*'
    }

    It 'goes on after a kill where it stopped' {
        Connect-TestSandbox @{ LatencyMs = 30 }
        $uri = (Get-ChatConnection Test).BaseUri
        $checkpoint = Join-Path $TestDrive 'killed.jsonl'
        $script = Join-Path $TestDrive 'vectors.ps1'
        Set-Content $script @'
param($Module, $Uri, $Checkpoint)
Import-Module $Module
Connect-ChatService $Uri -Model sandbox-embedding -MaxRetry 0
$null = 1..2000 | ForEach-Object { "t$_" } | Get-ChatEmbedding -BatchSize 20 -ThrottleLimit 4 -Dimension 8 -CheckpointPath $Checkpoint
'@
        $start = New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $ModulePath, $uri, $checkpoint
        $run = [Diagnostics.Process]::Start($start)
        Wait-Until { $run.HasExited -or @(Get-TestRequest).Count -ge 30 } 60
        $run.HasExited | Should -BeFalse
        $run.Kill()
        $run.WaitForExit()
        $run.Dispose()

        $stored = [IO.File]::ReadAllLines($checkpoint).Where{ $_ -like '*"raw"*' -and $_.EndsWith('}') }.Count
        $stored | Should -BeGreaterThan 0
        $before = @(Get-TestRequest).Count
        $vectors = 1..2000 | ForEach-Object { "t$_" } | Get-ChatEmbedding -Model sandbox-embedding -BatchSize 20 -Dimension 8 -CheckpointPath $checkpoint
        $vectors.Index | Should -Be (0..1999)
        $asked = (Get-TestRequest | Select-Object -Skip $before | ForEach-Object { @(($_.Body | ConvertFrom-Json).input).Count } | Measure-Object -Sum).Sum
        $asked | Should -Be (2000 - $stored)
        $before = @(Get-TestRequest).Count
        @(1..2000 | ForEach-Object { "t$_" } | Get-ChatEmbedding -Model sandbox-embedding -Dimension 8 -CheckpointPath $checkpoint).Count | Should -Be 2000
        @(Get-TestRequest).Count | Should -Be $before
    }
}
