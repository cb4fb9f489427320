@{ What = 'GPTs'; Script = { Find-ChatGpt weather }; Header = 'Id Name Description'; Row = 'g-sandbox01 *Weather *Tells the weather of a town.' }
