BeforeDiscovery {
    $walks = @(
        foreach ($dialect in 'OpenAI', 'Responses', 'AzureOpenAI', 'Anthropic', 'Gemini') {
            @{ Dialect = $dialect; Command = 'Invoke-ChatCompletion'; Rounds = 12; Fewest = 4 }
        }
        @{ Dialect = 'OpenAI'; Command = 'Invoke-ChatTextCompletion'; Rounds = 4; Fewest = 3 }
        @{ Dialect = 'OpenAI'; Command = 'Test-ChatModeration'; Rounds = 3; Fewest = 2 }
        foreach ($dialect in 'OpenAI', 'AzureOpenAI', 'Gemini') {
            @{ Dialect = $dialect; Command = 'Get-ChatEmbedding'; Rounds = 8; Fewest = 2 }
        }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/samples.ps1

    # Members in one order, so that equal JSON is equal text.
    function ConvertTo-Canonical($Value) {
        if ($Value -is [Collections.IDictionary]) {
            '{' + (@($Value.Keys | Sort-Object -CaseSensitive | ForEach-Object { "${_}:" + (ConvertTo-Canonical $Value[$_]) }) -join ',') + '}'
        }
        elseif ($Value -is [Collections.IList]) {
            '[' + (@($Value | ForEach-Object { ConvertTo-Canonical $_ }) -join ',') + ']'
        }
        else {
            ConvertTo-Json -InputObject $Value -Compress
        }
    }

    # Values of some parameters, chosen by chance, and what they need beside them.
    function Get-Chosen([string] $Command, [Random] $Random) {
        $chosen = @{}
        $all = $samples[$Command] | Where-Object { $_.Parameter -notin 'AdditionalHeader', 'AdditionalQuery', 'Background', 'IncludeObfuscation', 'Form' }
        foreach ($sample in $all | Sort-Object { $Random.Next() } | Select-Object -First $Random.Next(1, [Math]::Min(6, $all.Count))) {
            foreach ($given in @{ $sample.Parameter = $sample.Value }, $sample.With | Where-Object { $_ }) {
                $given.Keys | ForEach-Object { $chosen[$_] = $given[$_] }
            }
        }

        $chosen
    }

    # The request of the only line of a batch that was handed in.
    function Get-Line([string] $Name) {
        $part = Get-ChildItem $TestDrive -Recurse -Filter part-*.jsonl | Where-Object FullName -Like "*$Name*"
        $line = Get-Content -LiteralPath $part.FullName | ConvertFrom-Json -AsHashtable
        $line['body'] ?? $line['params'] ?? $line['request']
    }
}

AfterAll {
    Clear-Test
}

Describe 'A request in a batch, made by <Command> in the dialect <Dialect>' -ForEach $walks {
    It 'is the very one that would be sent live, whatever its parameters' {
        $null = Connect-ChatService -Sandbox -Name Test -Dialect $Dialect -Model sandbox-mini -MaxRetry 0 -TimeoutSec 30
        $random = [Random]::new(14)
        $equal = 0
        foreach ($round in 1..$Rounds) {
            $chosen = Get-Chosen $Command $random
            $told = "$($chosen.Keys | Sort-Object)"
            $before = @(Get-TestRequest).Count
            $live = @(Get-Failure { 'hi' | & $Command @chosen -ErrorAction Continue })[0]
            $sent = @(Get-TestRequest | Select-Object -Skip $before | Where-Object Method -EQ POST)[0]
            $name = "$Dialect-$Command-$round"
            $batch = @(Get-Failure { 'hi' | & $Command @chosen -AsBatch -BatchPath (Join-Path $TestDrive "$name.json") -ErrorAction Continue })[0]

            if (-not $sent) {
                # What is refused live is refused in a batch, and in the same words.
                "$batch" | Should -Be "$live" -Because $told
                continue
            }

            $batch | Should -BeNullOrEmpty -Because $told
            $body = $sent.Body | ConvertFrom-Json -AsHashtable
            if ($body['requests']) {
                # Live, Gemini takes several texts in one request; what is added stands beside them.
                $request = $body['requests'][0]
                $body.Keys | Where-Object { $_ -ne 'requests' } | ForEach-Object { $request[$_] = $body[$_] }
                $body = $request
            }

            ConvertTo-Canonical (Get-Line $name) | Should -Be (ConvertTo-Canonical $body) -Because $told
            $equal++
        }

        $equal | Should -BeGreaterOrEqual $Fewest
    }
}
